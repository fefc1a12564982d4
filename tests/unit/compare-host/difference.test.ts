import { expect, it } from 'vitest';
import type { Answer } from '../../../scripts/compare-host/client/read-answer.ts';
import { differencesOf, summaryOf } from '../../../scripts/compare-host/difference.ts';
import type { RequestRow } from '../../../scripts/compare-host/row.ts';

const plain: Answer = {
  status: 200,
  interim: [],
  headers: [['content-type', 'text/plain']],
  body: 'hello',
  chunks: [],
  staysOpen: true,
};
const row: RequestRow = {
  name: 'one',
  kind: 'request',
  sends: [],
  needsToken: false,
  compares: ['status', 'headers', 'body', 'connection'],
};
const origins = ['https://real.example', 'http://127.0.0.1:7071'] as const;

const compare = (real: Partial<Answer>, local: Partial<Answer>, of: RequestRow = row) =>
  differencesOf(
    of,
    { origin: origins[0], seen: { answers: [{ ...plain, ...real }] } },
    { origin: origins[1], seen: { answers: [{ ...plain, ...local }] } },
  );

it('each part that differs is named, without a reason unless the row has one', () => {
  expect(compare({ status: 404 }, { body: 'other' })).toEqual([
    { part: 'status', real: '404', local: '200', why: undefined },
    { part: 'body', real: 'hello', local: 'other', why: undefined },
  ]);
  const decided = { ...row, decided: [{ part: 'body', why: 'known' }] } as const;
  expect(compare({}, { body: 'other' }, decided)).toEqual([
    { part: 'body', real: 'hello', local: 'other', why: 'known' },
  ]);
});

it('what is not looked at does not count', () => {
  expect(compare({}, { body: 'other' }, { ...row, compares: ['status'] })).toEqual([]);
});

it('headers are compared without case and order, and without those of the server', () => {
  const real: Answer['headers'] = [
    ['server', 'Kestrel'],
    ['date', 'Sun'],
    ['x-one', '1'],
    ['content-type', 'text/plain'],
  ];
  const local: Answer['headers'] = [
    ['keep-alive', 'timeout=5'],
    ['content-type', 'text/plain'],
    ['x-one', '1'],
  ];
  expect(compare({ headers: real }, { headers: local })).toEqual([]);
  expect(compare({ headers: real }, {})).toMatchObject([{ part: 'headers' }]);
  const other: Answer['headers'] = [...local.slice(0, 2), ['x-one', '2']];
  expect(compare({ headers: real }, { headers: other })).toMatchObject([{ part: 'headers' }]);
});

it('addresses, ids and times are not a difference', () => {
  const body = (origin: string, id: string, time: string) => `${origin}/mcp ${id} ${time}`;
  const seen = [
    { body: body(origins[0], 'a0000000-0000-4000-8000-00000000000a', '2026-11-28T10:00:00.123Z') },
    { body: body(origins[1], 'b0000000-0000-4000-8000-00000000000b', '2026-11-29T11:00:00Z') },
  ] as const;
  expect(compare(...seen)).toEqual([]);
});

it('a host that gives no answer differs from one that does', () => {
  const seen = { answers: [plain] };
  const fault = { fault: 'cut off' };
  const differences = differencesOf(row, { origin: origins[0], seen }, { origin: origins[1], seen: fault });
  expect(differences).toEqual([{ part: 'status', real: '200', local: 'cut off', why: undefined }]);
});

it('an answer before the answer is a part of the status', () => {
  expect(compare({ interim: [100] }, {})).toMatchObject([{ real: '100, 200', local: '200' }]);
});

const progress = (value: number) =>
  `data: ${JSON.stringify({ method: 'notifications/progress', params: { progress: value } })}\n\n`;
const stream = (...chunks: readonly (readonly [text: string, atMs: number])[]) => ({
  chunks: chunks.map(([text, atMs]) => ({ text, atMs })),
});
const events = { ...row, compares: ['events'], apartMs: 1_000 } as const;
const result = 'data: {"result":{}}\n\n';

it('events are the same in the same order, about as late; comments do not count', () => {
  const real = stream([progress(1), 100], [': keep-alive\n\n', 500], [result, 900]);
  expect(compare(real, stream([progress(1), 900], [result, 1_700]), events)).toEqual([]);
});

it.each([
  ['too late', stream([progress(1), 100], [result, 2_000])],
  ['another one', stream([progress(2), 100], [result, 900])],
  ['one that is missing', stream([result, 900])],
  ['held back until the end', stream([progress(1), 900], [result, 900])],
])('a stream differs by an event that is %s', (_what, local) => {
  const real = stream([progress(1), 100], [result, 900]);
  const [difference] = compare(real, local, events);
  expect(difference).toMatchObject({
    part: 'events',
    real: 'notifications/progress 1 at 0.1 s; result at 0.9 s',
  });
});

it('what was written together may come together, and an event may be cut into chunks', () => {
  const real = stream([progress(1), 100], [progress(2) + result.slice(0, 9), 800], [result.slice(9), 900]);
  const local = stream([progress(1), 100], [progress(2), 500], [result, 900]);
  expect(compare(real, local, events)).toEqual([]);
});

it('a stream is summed up by its events and their times', () => {
  const answers = [{ ...plain, ...stream([progress(1), 100], [result, 900]) }];
  expect(summaryOf({ answers })).toBe('200, 2 events in 0.1 to 0.9 s');
});
