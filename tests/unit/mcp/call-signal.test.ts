import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallSignal } from '#platform/mcp/pipeline/call-signal';
import type { Next, Step } from '#platform/mcp/pipeline/compose';
import { deadlineStep } from '#platform/mcp/pipeline/deadline';
import type { Invocation } from '#platform/mcp/pipeline/invocation';

describe('the signal of a call', () => {
  const ends = [
    ['its caller goes', (caller: AbortController) => caller.abort()],
    ['its time is up', (_caller: AbortController, ending: CallSignal) => ending.expire()],
  ] as const;

  it.each(ends)('is aborted when %s, for those who looked before', (_what, end) => {
    const caller = new AbortController();
    const ending = new CallSignal(caller.signal);
    const { signal } = ending;
    const aborted = vi.fn();
    signal.addEventListener('abort', aborted);
    expect(signal.aborted).toBe(false);
    end(caller, ending);
    expect(signal.aborted).toBe(true);
    expect(aborted).toHaveBeenCalledOnce();
  });

  it.each(ends)('is aborted when %s, for those who look after that', (_what, end) => {
    const caller = new AbortController();
    const ending = new CallSignal(caller.signal);
    end(caller, ending);
    expect(ending.signal.aborted).toBe(true);
    expect(ending.signal.aborted).toBe(true);
  });

  it('is one, however often it is looked at', () => {
    const ending = new CallSignal(new AbortController().signal);
    expect(ending.signal).toBe(ending.signal);
  });

  it('leaves the caller’s own alone', () => {
    const { signal } = new AbortController();
    const ending = new CallSignal(signal);
    ending.expire();
    expect(signal.aborted).toBe(false);
  });

  it('stays the call’s when the call is copied', () => {
    const ending = new CallSignal(new AbortController().signal);
    const call = {
      get signal() {
        return ending.signal;
      },
    };
    const copy = { ...call };
    ending.expire();
    expect(copy.signal.aborted).toBe(true);
  });
});

describe('the time that a tool may take', () => {
  let deadline: Step;
  beforeEach(() => {
    vi.useFakeTimers();
    deadline = deadlineStep();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function invocationOf(timeoutMs?: number) {
    const ending = new CallSignal(new AbortController().signal);
    const operation = { ...(timeoutMs !== undefined && { timeoutMs }) };
    return { ending, operation } as unknown as Invocation;
  }
  const never: Next<unknown> = () => new Promise(() => {});

  it.each([
    ['that the tool names', 50, 50],
    ['of all others', undefined, 30_000],
  ])('is the one %s; then the call fails and its work is aborted', async (_which, timeoutMs, longest) => {
    const invocation = invocationOf(timeoutMs);
    const { signal } = invocation.ending;
    const ended = vi.fn();
    const call = Promise.resolve(deadline(invocation, never)).catch(ended);
    await vi.advanceTimersByTimeAsync(longest - 1);
    expect([signal.aborted, ended.mock.calls.length]).toEqual([false, 0]);
    await vi.advanceTimersByTimeAsync(1);
    await call;
    expect(signal.aborted).toBe(true);
    expect(ended).toHaveBeenCalledWith(expect.objectContaining({ code: 'unavailable' }));
  });

  it('ends with the call', async () => {
    const invocation = invocationOf(50);
    const result = { content: [] };
    expect(await deadline(invocation, async () => ({ kind: 'done', result }))).toEqual({
      kind: 'done',
      result,
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
    expect(invocation.ending.signal.aborted).toBe(false);
  });

  it('ends with a call that waited for something', async () => {
    const waits: Next<unknown> = () =>
      new Promise((resolve) => setTimeout(() => resolve({ kind: 'done', result: 1 }), 10));
    const call = deadline(invocationOf(50), waits);
    await vi.advanceTimersByTimeAsync(5);
    expect(vi.getTimerCount()).toBe(2);
    await vi.advanceTimersByTimeAsync(5);
    await call;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is that of each of several calls that begin at once', async () => {
    const first = deadline(invocationOf(20), never).catch(() => 'first');
    const second = deadline(invocationOf(40), never).catch(() => 'second');
    await vi.advanceTimersByTimeAsync(20);
    expect(await Promise.race([first, second])).toBe('first');
    await vi.advanceTimersByTimeAsync(20);
    expect(await second).toBe('second');
  });

  it('ends with a call that fails', async () => {
    const fails = async () => Promise.reject(new TypeError('broken'));
    await expect(deadline(invocationOf(50), fails)).rejects.toThrow('broken');
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
