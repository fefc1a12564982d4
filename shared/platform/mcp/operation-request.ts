import type { InputRequiredResult, ServerContext } from '@modelcontextprotocol/server';
import type { EndpointName } from '../access/offer.ts';
import type { Principal } from '../identity/principal.ts';
import type { Answer } from './pipeline/answer.ts';
import type { ConversationMark } from './pipeline/invocation.ts';
import type { Operation } from './pipeline/operation.ts';

/** A caller's request for one operation, with all that is trusted about it. */
export interface OperationRequest {
  readonly principal: Principal;
  /** Where it came in. */
  readonly endpoint: EndpointName;
  /** An expert chose it, and the caller is asked for it now; the caller chose it when not said. */
  readonly by?: 'expert';
  /** Where the wish for it comes from, when an expert chose it: its caller is shown that. */
  readonly wish?: string;
  /** The conversation with that expert. */
  readonly conversation?: ConversationMark;
  /** As the client sent them; undefined when it sent none. */
  readonly arguments: unknown;
  readonly context: ServerContext;
  /** The client declared that it can show its user a form. */
  readonly canAsk: boolean;
  /**
   * Asks the client within the call: for revisions whose clients do not carry a question there and back.
   * @param withinMs how long its user may take, where that is less than usual
   * @returns what the client answered, whatever that is; undefined when it cannot or does not
   */
  readonly elicit?: (question: InputRequiredResult, withinMs?: number) => Promise<unknown>;
  /** Whether the caller wants the work ended, now that the request's signal has aborted; see `isCalledOff`. */
  readonly calledOff: () => Promise<boolean>;
}

/** Takes a caller's request through the pipeline. Throws ProtocolError, and nothing else, when there is no answer. */
export type RunOperation = <Result>(
  operation: Operation<Result>,
  request: OperationRequest,
) => Promise<Answer<Result>>;
