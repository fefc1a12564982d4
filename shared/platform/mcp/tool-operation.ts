import type { CallToolResult } from '@modelcontextprotocol/server';
import type * as z from 'zod';
import type { Offer } from '../access/offer.ts';
import type { AnyTool } from './definitions/tool.ts';
import type { Confirmation, Effects, Operation } from './pipeline/operation.ts';
import { resultOfTool } from './tool-answer.ts';

/**
 * A call of a tool.
 * @param input the tool's own, and the confirmation code where the tool asks for one
 */
export function toolOperation(offer: Offer<AnyTool>, input: z.ZodObject): Operation<CallToolResult> {
  const { thing: definition } = offer;
  const { name, title, timeoutMs, isUnrecorded } = definition;
  const confirmation = confirmationOf(definition);
  return {
    kind: 'tool',
    name,
    title,
    offer,
    input,
    effects: effectsOf(definition),
    ...(confirmation !== undefined && { confirmation }),
    ...(definition.approval && {
      approval: (given, call, above) => definition.approval?.(given, call, above),
    }),
    ...(definition.about && { about: async (given, call) => await definition.about?.(given, call) }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(isUnrecorded && { isUnrecorded }),
    /** Lets only declared fields out. */
    async run(given, call) {
      return resultOfTool(definition, definition.output.parse(await definition.handler(given, call)));
    },
  };
}

/** What a call of the tool leaves behind. */
export function effectsOf({ annotations, expertsMayRun }: AnyTool): Effects {
  if (annotations.readOnlyHint) {
    return 'reads';
  }
  return expertsMayRun === true ? 'works' : 'writes';
}

function confirmationOf(definition: AnyTool): Confirmation | undefined {
  if (definition.confirmation === undefined) {
    return undefined;
  }
  return {
    question: (input, call) => definition.confirmation?.(input, call),
    isRepetition: async (input, call) => (await definition.isRepetition?.(input, call)) ?? false,
  };
}
