import { randomUUID } from 'node:crypto';
import type { InputRequiredResult } from '@modelcontextprotocol/server';
import type { Attributes, SpanContext } from '@opentelemetry/api';
import type { EndpointName } from '../../access/offer.ts';
import type { Switches } from '../../access/switches.ts';
import type { About, ModelSpending, ToolCall } from '../definitions/tool.ts';
import { CallSignal } from './call-signal.ts';
import type { Operation } from './operation.ts';

/** How the caller can be asked to confirm; see the confirmation step. */
export interface Dialogue {
  /**
   * Asks the user through the client. Undefined when the client cannot ask, or when an expert chose the call by itself.
   * @param state what the client brings back, unchanged, with the answer
   */
  readonly ask?: (question: string, state: ConfirmationState) => Promise<InputRequiredResult>;
  /** The verified state that came back, and what came with it. */
  readonly answer?: { readonly state: ConfirmationState; readonly said: Said };
}

/** A clear yes, anything else that a user may have said, or that nobody was asked: the client cannot, or did not in time. */
export type Said = 'yes' | 'no' | 'nothing';

/** A conversation as it was when something was asked in it. */
export interface ConversationMark {
  readonly id: string;
  /** Another one when it went on. */
  readonly etag: string;
}

/** What was asked. The codec around it adds signature, expiry, tenant and user. */
export interface ConfirmationState {
  readonly tool: string;
  readonly digest: string;
  /** Makes it usable once. */
  readonly id: string;
  /** Under which the trail has the call that asked. */
  readonly origin?: string;
  /** The conversation with the expert that proposed it. */
  readonly conversation?: ConversationMark;
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

/** What is known of a call before its first step. */
export interface Opening {
  /** As the client, or the expert, sent them. */
  readonly arguments: unknown;
  /** What the operation may use, but for the signal. */
  readonly call: Omit<ToolCall, 'signal'>;
  /** Aborts when the caller is gone. */
  readonly gone: AbortSignal;
  /** Who chose the call: the caller, or an expert on the caller's behalf. */
  readonly by: 'caller' | 'expert';
  /** Where an expert's wish for it comes from: whoever has to agree is shown that. */
  readonly wish?: string | undefined;
  /** Where the call came in; that of an expert is its own. */
  readonly endpoint: EndpointName;
  /** The trace that the client says the call belongs to; an expert's call is in its caller's. */
  readonly clientTrace?: ClientTrace | undefined;
  readonly dialogue: Dialogue;
  /** The approval under which it is carried out, of a call that waited for a second person. */
  readonly approval?: string | undefined;
  /** Of the message that it came in, for telemetry; an expert's call came in none. */
  readonly message?: Attributes | undefined;
}

/** One call of one operation on its way through the pipeline. */
export interface Invocation<Result = unknown> extends Omit<Opening, 'call' | 'gone'> {
  readonly operation: Operation<Result>;
  readonly call: ToolCall;
  /** Behind the call's signal; for the step that watches the time. */
  readonly ending: CallSignal;
  /** Names the entry in the trail; unique, where one request makes several calls. */
  readonly id: string;
  readonly startedAt: Date;
  /** Under which the trail has it when that is not the call's own correlation id: that of the call whose question this one answers; set by the confirmation step. */
  joins?: string | undefined;
  /** Whose request it is about; set by the access step. */
  about?: About;
  /** The checked arguments; set by the input step. */
  input: Readonly<Record<string, unknown>>;
  /** The code of an earlier refusal, passed back to confirm; set by the input step. */
  confirmationCode: string | undefined;
  /** Id of the trace that the call belongs to, if there is one; set by the step that observes. */
  traceId?: string | undefined;
  /** What models used for it so far; undefined while none was asked. */
  spending?: ModelSpending;
  /** By which it was decided whether the call may run; set by the access step. */
  switches?: Switches | undefined;
  /** The trail has its beginning; set by the step that records it. */
  isOnRecord?: true;
}

/** Makes the invocation of a call; the only place that does. Member by member: copying what is left of an object is slow. */
export function openInvocation<Result>(
  operation: Operation<Result>,
  { call, gone, arguments: args, by, wish, endpoint, clientTrace, dialogue, approval, message }: Opening,
): Invocation<Result> {
  const ending = new CallSignal(gone);
  const invocation: Invocation<Result> = {
    arguments: args,
    by,
    wish,
    endpoint,
    clientTrace,
    dialogue,
    approval,
    message,
    operation,
    id: randomUUID(),
    startedAt: call.now(),
    ending,
    input: {},
    confirmationCode: undefined,
    call: {
      ...call,
      get signal() {
        return ending.signal;
      },
      spent: (use) => {
        invocation.spending = sumOf(invocation.spending, use);
      },
    },
  };
  return invocation;
}

function sumOf(before: ModelSpending | undefined, more: ModelSpending): ModelSpending {
  const cost = (before?.cost ?? 0) + (more.cost ?? 0);
  const currency = more.currency ?? before?.currency;
  return {
    inputTokens: (before?.inputTokens ?? 0) + more.inputTokens,
    outputTokens: (before?.outputTokens ?? 0) + more.outputTokens,
    ...(currency !== undefined && { cost, currency }),
  };
}
