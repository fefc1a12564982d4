import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { auditCall } from '#platform/mcp/pipeline/audit';

const record = { id: 'a', time: new Date(), outcome: 'ok' } as never;

/** A trail whose one write ends when the test says so. */
function lateTrail() {
  let [resolve, reject] = [() => {}, (_error: Error) => {}];
  const written = new Promise<void>((...ends) => {
    [resolve, reject] = ends;
  });
  return { resolve, reject, trail: { write: () => written, enqueue: vi.fn() } };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A change that has been carried out, and whose answer has waited for its record as long as it may. */
async function waitedFor(trail: ReturnType<typeof lateTrail>['trail']) {
  const answered = auditCall(trail as never, record, { isOnRecord: true });
  await vi.advanceTimersByTimeAsync(2_999);
  expect(await Promise.race([answered.then(() => true), Promise.resolve(false)])).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await answered;
}

it('lets the answer go when its record is late, and writes the record once', async () => {
  const { trail, resolve } = lateTrail();
  await waitedFor(trail);
  resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect(trail.enqueue).not.toHaveBeenCalled();
});

it('writes it again when it turns out to have failed', async () => {
  const { trail, reject } = lateTrail();
  await waitedFor(trail);
  expect(trail.enqueue).not.toHaveBeenCalled();
  reject(new Error('busy'));
  await vi.advanceTimersByTimeAsync(0);
  expect(trail.enqueue).toHaveBeenCalledTimes(1);
});
