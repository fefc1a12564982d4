import {
  createRequestStateCodec,
  type InputRequiredResult,
  inputRequired,
  type RequestStateCodec,
  type ServerContext,
} from '@modelcontextprotocol/server';
import * as z from 'zod';
import { visible } from '../format-controls.ts';
import { bindingOf } from '../identity/actor.ts';
import type { KeyRing } from '../key-ring.ts';
import type { ConfirmationState, ConversationMark, Dialogue, Said } from './pipeline/invocation.ts';
import { principalOf } from './principal.ts';

export type StateCodec = RequestStateCodec<ConfirmationState>;

/** Seconds that a user has to answer. */
export const stateLifetime = 300;

/** Key of the one question that is asked. */
const question = 'confirm';

/** The only answer of a form that counts as agreement: the box was ticked. */
const yes = z.object({ action: z.literal('accept'), content: z.object({ confirm: z.literal(true) }) });

/** A client that dismisses a question within so many milliseconds cannot have shown it to anybody. */
const glance = 2_000;

/**
 * Signs what a client carries between question and answer, bound to its tenant, user and kind of caller (MCP 2026-07-28, multi
 * round-trip requests). @param keys the first one signs, each one is accepted
 */
export function confirmationStates(keys: KeyRing): StateCodec {
  const [current, ...earlier] = keys.map(codecWith) as [StateCodec, ...StateCodec[]];
  return {
    mint: (state, context) => current.mint(state, context),
    async verify(text, context) {
      for (const codec of earlier) {
        const state = await codec.verify(text, context).catch(() => undefined);
        if (state !== undefined) {
          return state;
        }
      }
      return await current.verify(text, context);
    },
  };
}

function codecWith(key: string): StateCodec {
  return createRequestStateCodec<ConfirmationState>({
    key,
    ttlSeconds: stateLifetime,
    bind: (context) => {
      const caller = bindingOf(principalOf(context.http?.authInfo));
      return [...caller, context.mcpReq.method].join('\0');
    },
  });
}

/**
 * How this request's user can be asked, and what the user answered.
 * @param canAsk the client declared that it can show a form
 */
export function dialogueWith(
  context: ServerContext,
  canAsk: boolean,
  {
    states,
    now,
    conversation,
  }: {
    readonly states: StateCodec;
    readonly now: () => Date;
    /** With the expert that proposed the call. */
    readonly conversation?: ConversationMark | undefined;
  },
): Dialogue {
  const state = context.mcpReq.requestState<ConfirmationState>();
  return {
    ...(canAsk && {
      ask: async (text, fresh) =>
        askUser(
          text,
          await states.mint({ ...fresh, ...(conversation !== undefined && { conversation }) }, context),
        ),
    }),
    // Whatever comes with the state of a question is the answer to it: nobody is asked twice.
    ...(state !== undefined && { answer: { state, said: saidIn(context, now().getTime() - state.at) } }),
  };
}

/** @param passed milliseconds since the question was asked */
function saidIn({ mcpReq }: ServerContext, passed: number): Said {
  if (mcpReq.droppedInputResponseKeys?.includes(question)) {
    return 'no';
  }
  const response: unknown = mcpReq.inputResponses?.[question];
  if (yes.safeParse(response).success) {
    return 'yes';
  }
  const { action } = (response ?? {}) as { readonly action?: unknown };
  if (response === undefined || (action === undefined && 'error' in (response as object))) {
    return 'nothing';
  }
  return action === 'cancel' && passed < glance ? 'nothing' : 'no';
}

/**
 * The context of a call whose question was answered in between, as a client of the newer revision would send it.
 * @param response what the client answered; undefined when it did not
 */
export async function withAnswer(
  context: ServerContext,
  { requestState = '' }: InputRequiredResult,
  response: unknown,
  states: StateCodec,
): Promise<ServerContext> {
  const state = await states.verify(requestState, context);
  const inputResponses = response === undefined ? {} : { [question]: response };
  const mcpReq = { ...context.mcpReq, inputResponses, requestState: () => state };
  return { ...context, mcpReq: mcpReq as ServerContext['mcpReq'] };
}

/** The same call as if its client had answered no question: for another question. */
export function withoutAnswer(context: ServerContext): ServerContext {
  const { inputResponses: _, droppedInputResponseKeys: __, ...rest } = context.mcpReq;
  return { ...context, mcpReq: { ...rest, requestState: () => undefined } as ServerContext['mcpReq'] };
}

function askUser(asked: string, requestState: string): InputRequiredResult {
  return inputRequired({ inputRequests: { [question]: agreementForm(asked) }, requestState });
}

/** Asks the user to agree. */
export function agreementForm(asked: string) {
  const text = visible(asked);
  return inputRequired.elicit({
    message: `${text} Do you agree?`,
    requestedSchema: {
      type: 'object',
      properties: { confirm: { type: 'boolean', title: 'I agree', description: text } },
      required: ['confirm'],
    },
  });
}
