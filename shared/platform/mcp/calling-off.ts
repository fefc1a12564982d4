import { setTimeout as wait } from 'node:timers/promises';
import type { ServerContext } from '@modelcontextprotocol/server';
import type { ServedRequest } from './served-request.ts';

/** What tells whether a stream was closed by its client or by the end of this process. */
export interface Lifetime {
  /** Aborts when the process is about to end: what is under way elsewhere goes on without it. */
  readonly stopping: AbortSignal;
  /**
   * Milliseconds between the end of a stream and the conclusion that its client closed it: a host that stops may cut
   * its streams before it says so.
   */
  readonly graceMs: number;
}

/** For what runs in a process that is not told of its end. */
export const endless: Lifetime = { stopping: new AbortController().signal, graceMs: 0 };

const named = new WeakSet<Request>();

/** Notes that the client named this request in a `notifications/cancelled` (MCP 2025-11-25, cancellation). */
export function noteCalledOff(request: Request): void {
  named.add(request);
}

/**
 * Whether the client wants the work behind a request ended, now that the request's signal has aborted. Since 2026-07-28
 * a client says so by closing the stream (transports, cancellation); with an older revision a closed stream says
 * nothing (transports, "disconnection"), and only the notification counts. The end of this process never counts.
 */
export async function isCalledOff(
  { era }: ServedRequest,
  { mcpReq, http }: ServerContext,
  { stopping, graceMs }: Lifetime,
): Promise<boolean> {
  if (era === 'legacy') {
    return http?.req !== undefined && named.has(http.req);
  }
  if (!mcpReq.signal.aborted || stopping.aborted) {
    return false;
  }
  return wait(graceMs, true, { signal: stopping, ref: false }).catch(() => false);
}
