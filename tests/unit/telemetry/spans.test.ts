import { expect, it } from 'vitest';
import { Unavailable } from '#platform/errors';
import { isMeasured } from '#platform/telemetry/instruments';
import { failureOf, inSpan } from '#platform/telemetry/spans';

it.each([
  [new TypeError('Ada Stone is not a function'), 'TypeError'],
  [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
  [Object.assign(new Error('odd'), { code: 'ada.stone@example.com' }), 'Error'],
  [Object.assign(new Error('odd'), { code: 7 }), 'Error'],
  [new Unavailable('Storage does not answer.'), 'unavailable'],
  ['ada.stone@example.com', 'string'],
])('a failure is known by its code or its name, never by its text', (error, name) => {
  expect(failureOf(error)).toBe(name);
});

it('without an exporter, work runs as it is: results and failures come through', async () => {
  expect(isMeasured()).toBe(false);
  expect(await inSpan('work', {}, async () => 7)).toBe(7);
  const failure = new Error('as it was');
  await expect(inSpan('work', {}, () => Promise.reject(failure))).rejects.toBe(failure);
});
