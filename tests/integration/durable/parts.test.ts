import { describe, expect, test } from 'vitest';
import { activityInput, activityResult } from '#emulators/host/durable/activities';
import { Slots } from '#emulators/host/durable/slots';
import { retryDelay } from '#emulators/host/durable/timers';

describe('retries', () => {
  const retry = (attempt: number, options: object = {}) => ({
    attempt,
    options: { firstRetryIntervalInMilliseconds: 100, maxNumberOfAttempts: 4, ...options },
  });

  test('wait longer each time, up to a limit, and end', () => {
    expect([1, 2, 3].map((n) => retryDelay(retry(n, { backoffCoefficient: 2 })))).toEqual([100, 200, 400]);
    const limited = { backoffCoefficient: 10, maxRetryIntervalInMilliseconds: 500 };
    expect(retryDelay(retry(3, limited))).toBe(500);
    expect(retryDelay(retry(1))).toBe(100);
    expect(retryDelay(retry(4))).toBeUndefined();
  });
});

describe('activity data', () => {
  test.each([
    [null, {}],
    ['null', {}],
    ['"text"', { string: 'text' }],
    ['"\\"json\\""', { string: '"json"' }],
    ['true', { string: 'True' }],
    ['false', { string: 'False' }],
    ['1.5', { string: '1.5' }],
    ['{"a":1}', { string: '{"a":1}' }],
  ])('%s goes in as %j', (json, data) => {
    expect(activityInput(json)).toEqual(data);
  });

  test.each([
    [undefined, null],
    [{ string: 'text' }, '"text"'],
    [{ json: '{"a":1}' }, '{"a":1}'],
    [{ bytes: new Uint8Array([1, 2, 3]) }, '"AQID"'],
    [{ int: 5 }, '5'],
    [{ double: 0.5 }, '0.5'],
  ])('%j comes out as %s', (data, json) => {
    expect(activityResult(data)).toBe(json);
  });
});

test('slots are given in order, and given back when a task fails', async () => {
  const slots = new Slots(2);
  const log: number[] = [];
  let running = 0;
  const task = (index: number) => async () => {
    running += 1;
    expect(running).toBeLessThanOrEqual(2);
    log.push(index);
    await Promise.resolve();
    running -= 1;
    if (index % 3 === 0) {
      throw new Error('failed');
    }
  };
  await Promise.allSettled(Array.from({ length: 9 }, (_, index) => slots.run(task(index))));
  expect(log).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});
