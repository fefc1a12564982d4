import type { ServerContext } from '@modelcontextprotocol/server';
import { expect, it } from 'vitest';
import { isCalledOff, noteCalledOff } from '#platform/mcp/calling-off';
import type { ServedRequest } from '#platform/mcp/served-request';

const served = (era: 'modern' | 'legacy') => ({ era }) as ServedRequest;

/** A request of which the signal has aborted. */
function over(req = new Request('http://localhost')): ServerContext {
  return { mcpReq: { signal: AbortSignal.abort() }, http: { req } } as unknown as ServerContext;
}

const running = { stopping: new AbortController().signal, graceMs: 0 };

it('takes a closed stream for it since 2026-07-28, and not before', async () => {
  expect(await isCalledOff(served('modern'), over(), running)).toBe(true);
  expect(await isCalledOff(served('legacy'), over(), running)).toBe(false);
});

it('takes the notification for it before, of that request alone', async () => {
  const [named, other] = [new Request('http://localhost'), new Request('http://localhost')];
  noteCalledOff(named);
  expect(await isCalledOff(served('legacy'), over(named), running)).toBe(true);
  expect(await isCalledOff(served('legacy'), over(other), running)).toBe(false);
});

it('does not take a stream for closed by its client that the end of the process cut a moment before it was told', async () => {
  const stop = new AbortController();
  const answer = isCalledOff(served('modern'), over(), { stopping: stop.signal, graceMs: 60_000 });
  stop.abort();
  expect(await answer).toBe(false);
});
