import type { Span } from '@opentelemetry/api';
import { genAi } from './conventions.ts';
import { type TokenUse, tokenAttributes } from './model-use.ts';
import { own } from './names.ts';
import { inSpan } from './spans.ts';

/** Which expert is asked. */
export interface AgentName {
  readonly name: string;
  /** Of its instructions. */
  readonly version: string;
  /** The id under which log and audit trail have the question. */
  readonly correlationId?: string | undefined;
}

/** Lets an expert answer inside a span: its turns, and the calls that it makes, are within. Nothing that is said is on it. */
export async function inAgentSpan<T>(
  { name, version, correlationId }: AgentName,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const attributes = {
    [genAi.operation]: 'invoke_agent',
    [genAi.agent]: name,
    [genAi.agentVersion]: version,
    ...(correlationId !== undefined && { [own('correlation_id')]: correlationId }),
  };
  return await inSpan(`invoke_agent ${name}`, { attributes }, work);
}

/** Notes what an answer took, and under which id its conversation goes on. */
export function noteAnswer(span: Span, used: TokenUse & { readonly conversationId: string }): void {
  span.setAttributes({ ...tokenAttributes(used), [genAi.conversation]: used.conversationId });
}
