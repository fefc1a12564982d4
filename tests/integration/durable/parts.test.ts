import { describe, expect, test } from 'vitest';
import { activityInput, activityResult } from '#emulators/host/durable/activities';
import { afterFailure } from '#emulators/host/durable/retry-delay';
import { Slots } from '#emulators/host/durable/slots';

const NOW = new Date('2026-01-01T00:00:00Z');

describe('retries', () => {
  const retry = (attempt: number, options: object = {}) => ({
    attempt,
    options: { firstRetryIntervalInMilliseconds: 100, maxNumberOfAttempts: 4, ...options },
    since: NOW.toISOString(),
  });

  test('wait longer each time, up to a limit, and end', () => {
    expect([1, 2, 3].map((n) => afterFailure(retry(n, { backoffCoefficient: 2 }), NOW))).toEqual([
      { delay: 100 },
      { delay: 200 },
      { delay: 400 },
    ]);
    const limited = { backoffCoefficient: 10, maxRetryIntervalInMilliseconds: 500 };
    expect(afterFailure(retry(3, limited), NOW)).toEqual({ delay: 500 });
    expect(afterFailure(retry(1), NOW)).toEqual({ delay: 100 });
    expect(afterFailure(retry(4), NOW)).toBe('last');
  });

  test('are too late when their time has passed', () => {
    const options = { retryTimeoutInMilliseconds: 1000 };
    expect(afterFailure(retry(1, options), new Date(NOW.getTime() + 999))).toEqual({ delay: 100 });
    expect(afterFailure(retry(1, options), new Date(NOW.getTime() + 1000))).toBe('late');
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
