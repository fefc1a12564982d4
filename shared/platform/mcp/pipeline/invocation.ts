import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/server';
import type { SpanContext } from '@opentelemetry/api';
import { visible } from '../../format-controls.ts';
import type { ToolCall } from '../definitions/tool.ts';
import type { RegisteredTool } from '../registry.ts';
import type { CallSignal } from './call-signal.ts';

/** What a call may end with: a result, or a question to the user that the client carries there and back. */
export type ToolResult = CallToolResult | InputRequiredResult;

/** How the caller can be asked to confirm; see the confirmation step. */
export interface Dialogue {
  /**
   * Asks the user through the client. Undefined when the client cannot ask, or when the call is an expert's.
   * @param state what the client brings back, unchanged, with the answer
   */
  readonly ask?: (question: string, state: ConfirmationState) => Promise<InputRequiredResult>;
  /** The verified state that came back, and what came with it. */
  readonly answer?: { readonly state: ConfirmationState; readonly said: Said };
}

/** A clear yes, anything else that a user may have said, or that nobody was asked: the client cannot, or did not in time. */
export type Said = 'yes' | 'no' | 'nothing';

/** What was asked. The codec around it adds signature, expiry, tenant and user. */
export interface ConfirmationState {
  readonly tool: string;
  readonly digest: string;
  /** Makes it usable once. */
  readonly id: string;
  /** Under which the trail has the call that asked. */
  readonly origin?: string;
  /** When it was asked, in milliseconds since the epoch. */
  readonly at: number;
}

/** The trace that a call goes on from, as its client says it. */
export interface ClientTrace {
  /** In the message itself (`_meta`); counts before everything else. */
  readonly inMessage: SpanContext | undefined;
  /** In the headers of the request that carried it. The request's own span goes on from there. */
  readonly inHeaders: SpanContext | undefined;
}

/** One call of one tool on its way through the pipeline. */
export interface Invocation {
  readonly tool: RegisteredTool;
  /** As the client sent them. */
  readonly arguments: unknown;
  readonly call: ToolCall;
  /** Behind the call's signal; for the step that watches the time. */
  readonly ending: CallSignal;
  /** Names the entry in the trail; unique, where one request makes several calls. */
  readonly id: string;
  /** Of the caller's request, for the log; the calls of an expert have that of their question. */
  readonly correlationId: string;
  /** Under which the trail has it: the correlation id, or that of the call whose question this one answers; set by the confirmation step. */
  joins?: string | undefined;
  readonly startedAt: Date;
  /** Who chose the call: the caller, or an expert on the caller's behalf. */
  readonly by: 'caller' | 'expert';
  /** The trace that the client says the call belongs to; an expert's call is in its caller's. */
  readonly clientTrace?: ClientTrace;
  readonly dialogue: Dialogue;
  /** The checked arguments; set by the input step. */
  input: Readonly<Record<string, unknown>>;
  /** The code of an earlier refusal, passed back to confirm; set by the input step. */
  confirmationCode: string | undefined;
  /** Id of the trace that the call belongs to, if there is one; set by the trace step. */
  traceId?: string | undefined;
  /** How the call ended, for log and audit; set by the step that knows. */
  outcome: string;
}

export type Next = () => Promise<ToolResult>;

/** A step of the pipeline. It may answer itself, or call `next` and look at the answer. */
export type Middleware = (invocation: Invocation, next: Next) => Promise<ToolResult>;

/** Runs the steps in order, the first one outermost; the last one must answer. */
export function compose(steps: readonly Middleware[]): (invocation: Invocation) => Promise<ToolResult> {
  return (invocation) => {
    const run = (index: number): Promise<ToolResult> => {
      const step = steps[index];
      if (step === undefined) {
        throw new Error('The last step of the pipeline must answer.');
      }
      return step(invocation, () => run(index + 1));
    };
    return run(0);
  };
}

/** A failure as the model reads it: one sentence, no structured content. */
export function failure(sentence: string): CallToolResult {
  return { isError: true, content: [{ type: 'text', text: visible(sentence) }] };
}
