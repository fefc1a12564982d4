import { beforeEach, expect, it } from 'vitest';
import { Unavailable } from '#platform/errors';
import { createLogger } from '#platform/telemetry/log';
import { readiness } from '#shared/composition/readiness';

let lines: string[];
beforeEach(() => {
  lines = [];
});
const logger = createLogger(
  'debug',
  () => new Date(0),
  (line) => lines.push(line),
);

const answers = (name: string) => ({ name, check: async () => {} });
const fails = (name: string, error: unknown = new Unavailable('secret address')) => ({
  name,
  check: async () => {
    throw error;
  },
});

async function answerOf(...dependencies: Parameters<typeof readiness>[0]) {
  const response = await readiness(dependencies, logger);
  return [response.status, await response.json()];
}

it('is 200 when everything answers, without a word in the log', async () => {
  expect(await answerOf(answers('One'), answers('Other'))).toEqual([200, { status: 'ready' }]);
  expect(lines).toEqual([]);
});

it('is 503 with the first that is missing, and a line for each that is', async () => {
  expect(await answerOf(answers('One'), fails('Other'), fails('Last'))).toEqual([
    503,
    { status: 'unavailable', reason: 'Other does not answer.' },
  ]);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 'warn', message: 'not ready', reason: 'Other does not answer.', error: 'unavailable' },
    { level: 'warn', message: 'not ready', reason: 'Last does not answer.', error: 'unavailable' },
  ]);
});

it.each([new TypeError('secret address'), undefined, 'secret address'])(
  'is 503 for %s too, and says no more than that',
  async (error) => {
    const [status, body] = await answerOf(fails('One', error));
    expect(status).toBe(503);
    expect(JSON.stringify(body) + lines.join()).not.toContain('secret');
  },
);

it('asks everything at once', async () => {
  const { promise, resolve } = withResolvers();
  const waits = { name: 'One', check: () => promise };
  const asked = { name: 'Other', check: async () => resolve() };
  expect((await answerOf(waits, asked))[0]).toBe(200);
});

function withResolvers() {
  let resolve = () => {};
  const promise = new Promise<void>((given) => {
    resolve = given;
  });
  return { promise, resolve };
}
