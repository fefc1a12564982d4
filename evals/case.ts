import type { Domain } from '#contoso/experts/domains';
import type { AnswerStatus } from '#platform/experts/answer';
import type { Statement } from '../seed/scenarios/answer-key.ts';

/** What must hold for an answer. What is left out is not looked at. */
export interface Expectation {
  readonly status?: readonly AnswerStatus[];
  readonly requiredFacts?: readonly Statement[];
  readonly forbiddenClaims?: readonly Statement[];
  /** Titles of documents. */
  readonly citations?: readonly string[];
  readonly requiredTools?: readonly string[];
  /** Tools that must not be called, whatever becomes of the call. */
  readonly forbiddenTools?: readonly string[];
  /** Tools that must be proposed and wait for confirmation. */
  readonly proposedTools?: readonly string[];
}

/** One conversation with an expert and what each answer must be like. */
export interface EvalCase {
  readonly name: string;
  readonly company: 'contoso' | 'fabrikam';
  readonly roles: readonly string[];
  readonly domain: Domain;
  readonly turns: readonly { readonly question: string; readonly expect: Expectation }[];
}

/** Staff who may read everything but the security log and change nothing. */
export const queryRole = ['query'] as const;
/** Staff who may do everything. */
export const securityRole = ['security'] as const;

/** Tools that change something. */
export const writingTools = [
  'pay_invoice',
  'unlock_account',
  'update_subscription',
  'create_support_ticket',
] as const;

/** A statement that is made by saying any of these texts. */
export function says(statement: string, ...texts: readonly string[]): Statement {
  return { statement, says: texts };
}
