import type { InputRequiredResult, Server, ServerContext } from '@modelcontextprotocol/server';
import * as z from 'zod';

/**
 * How long a client of a 2025 revision may let its user think, in milliseconds. Well below the 230 s after which a gateway
 * gives a request up: who has not answered by then still gets an answer that says how to go on.
 */
export const thinkingTime = 120_000;

/** Anything: what an answer means is decided where it is used. */
const anyAnswer = z.looseObject({});

/**
 * Puts the one question of a call to a client of a 2025 revision, once (MCP 2025-11-25, elicitation).
 * @returns what the client answered; undefined when it answers with an error, or not in time
 * @throws what the call's signal was aborted with, when the caller has called it off
 */
export async function elicitWithin(
  server: Server,
  { inputRequests = {} }: InputRequiredResult,
  { mcpReq }: ServerContext,
  timeout: number = thinkingTime,
): Promise<unknown> {
  const [question] = Object.values(inputRequests);
  if (question?.method !== 'elicitation/create') {
    throw new Error('A call asks something that is no form.');
  }
  const options = { relatedRequestId: mcpReq.id, signal: mcpReq.signal, timeout };
  try {
    return await server.request({ method: question.method, params: question.params }, anyAnswer, options);
  } catch {
    mcpReq.signal.throwIfAborted();
    return undefined;
  }
}
