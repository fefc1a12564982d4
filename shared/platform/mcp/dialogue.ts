import {
  createRequestStateCodec,
  type InputRequiredResult,
  inputRequired,
  type RequestStateCodec,
  type ServerContext,
} from '@modelcontextprotocol/server';
import * as z from 'zod';
import type { ConfirmationState, Dialogue } from './pipeline/invocation.ts';
import { principalOf } from './principal.ts';

export type StateCodec = RequestStateCodec<ConfirmationState>;

/** Seconds in which a user may make up their mind. */
const stateLifetime = 300;

/** Key of the one question that is asked. */
const question = 'confirm';

const answerShape = z.object({
  action: z.string(),
  content: z.object({ confirm: z.boolean() }).optional(),
});

/** Signs what a client carries between question and answer, bound to its tenant and user (MCP 2026-07-28, multi round-trip requests). */
export function confirmationStates(signingKey: string): StateCodec {
  return createRequestStateCodec<ConfirmationState>({
    key: signingKey,
    ttlSeconds: stateLifetime,
    bind: (context) => {
      const { tenant, user } = principalOf(context.http?.authInfo);
      return `${tenant}\0${user}\0${context.mcpReq.method}`;
    },
  });
}

/**
 * How this request's user can be asked, and what the user answered.
 * @param canAsk the client declared that it can show a form
 */
export function dialogueWith(context: ServerContext, canAsk: boolean, states: StateCodec): Dialogue {
  const state = context.mcpReq.requestState<ConfirmationState>();
  const answer = answerShape.safeParse(context.mcpReq.inputResponses?.[question]);
  return {
    ...(canAsk && { ask: async (text, fresh) => askUser(text, await states.mint(fresh, context)) }),
    ...(state !== undefined &&
      answer.success && {
        answer: { state, agreed: answer.data.action === 'accept' && answer.data.content?.confirm === true },
      }),
  };
}

function askUser(text: string, requestState: string): InputRequiredResult {
  const form = inputRequired.elicit({
    message: `${text} Do you agree?`,
    requestedSchema: {
      type: 'object',
      properties: { confirm: { type: 'boolean', title: 'I agree', description: text } },
      required: ['confirm'],
    },
  });
  return inputRequired({ inputRequests: { [question]: form }, requestState });
}
