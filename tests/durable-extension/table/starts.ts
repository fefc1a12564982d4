import { expect } from 'vitest';
import { createGates } from '../../integration/durable/gates.ts';
import { ask, hasStatus, waiting } from './asking.ts';
import type { DifferentRow, Engine, SameRow } from './row.ts';

/** Starts an instance under an id, and finds it again. */
async function startUnder(engine: Engine, id: string) {
  const name = encodeURIComponent(id);
  const { code } = await ask(engine, 'POST', `orchestrators/identity/${name}`, '1');
  if (code !== 202) {
    return code;
  }
  const found = await ask(engine, 'GET', `instances/${name}`);
  return { code, found: (found.body as { instanceId?: string } | undefined)?.instanceId };
}

const kinds = [
  'job-1',
  'with space',
  'a:b',
  'Ünï 漢😀',
  'a%b&c',
  "it's",
  'aGVsbG8gd29ybGQ_-aGVsbG8gd29ybGQ',
  'x'.repeat(200),
];

export const sameStarts: readonly SameRow[] = [
  {
    what: 'start: 202, where to look, and how soon',
    async observe(engine) {
      const { code, headers, body } = await ask(engine, 'POST', 'orchestrators/identity', '{"a":1}');
      const { id, statusQueryGetUri } = body as { id: string; statusQueryGetUri: string };
      return {
        code,
        id,
        location: headers.get('location') === statusQueryGetUri,
        later: headers.get('retry-after'),
        input: (await engine.until(id)).input,
      };
    },
    expected: {
      code: 202,
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      location: true,
      later: '10',
      input: { a: 1 },
    },
  },
  {
    what: 'start with the id of one that runs, and of one that is suspended',
    async observe(engine) {
      const id = await waiting(engine, 'nap', 60_000);
      const start = async () => {
        const { code, body } = await ask(engine, 'POST', `orchestrators/identity/${id}`, '1');
        return { code, body };
      };
      const first = await start();
      await engine.client('suspend', id, 'x');
      await engine.until(id, hasStatus('Suspended'));
      const second = await start();
      await engine.client('terminate', id, 'x');
      return [first, second];
    },
    expected: ['Running', 'Suspended'].map((status) => ({
      code: 409,
      body: { Message: `An Orchestration instance with the status ${status} already exists.` },
    })),
  },
  {
    what: 'start with the id of one that has completed, failed, or was terminated replaces it',
    async observe(engine) {
      const ended = [
        (await engine.run('identity', { input: 1 })).instanceId,
        (await engine.run('fails')).instanceId,
        await waiting(engine, 'nap', 60_000),
      ];
      await engine.client('terminate', ended[2], 'x');
      await engine.until(ended[2] ?? '');
      return await Promise.all(
        ended.map(async (instanceId) => {
          const { code } = await ask(engine, 'POST', `orchestrators/identity/${instanceId}`, '"again"');
          const { runtimeStatus, output } = await engine.until(instanceId, ({ input }) => input === 'again');
          return {
            code,
            name: runtimeStatus === 'Completed' ? output : (await engine.until(instanceId)).output,
          };
        }),
      );
    },
    expected: [1, 2, 3].map(() => ({ code: 202, name: 'again' })),
  },
  {
    what: 'five starts at once with one id make one run',
    async observe(engine) {
      const gates = createGates();
      const gate = gates.gate('1');
      const input = JSON.stringify({ log: gates.log, gates: [gate] });
      const id = `five-${Date.now()}`;
      const answers = await Promise.all(
        [1, 2, 3, 4, 5].map(() => ask(engine, 'POST', `orchestrators/gatedSteps/${id}`, input)),
      );
      gates.open(gate);
      const { output } = await engine.until(id);
      const lines = gates.lines();
      gates.remove();
      const accepted = answers.filter(({ code }) => code === 202).length;
      const refused = answers.filter(({ code }) => code === 409).length;
      return { isAccepted: accepted > 0, all: accepted + refused, output, lines };
    },
    expected: { isAccepted: true, all: 5, output: ['step 1 done'], lines: ['step 1 begins', 'step 1 ends'] },
  },
  {
    what: 'ids: letters of all kinds, signs, length',
    observe: (engine) => Promise.all(kinds.map((id) => startUnder(engine, id))),
    expected: kinds.map((found) => ({ code: 202, found })),
  },
  {
    what: 'ids with \\ # ? @ at the beginning, of 260 characters, and with a slash',
    observe: (engine) =>
      Promise.all(
        ['a\\b', 'a#b', 'a?b', '@a', 'x'.repeat(260), 'a/b'].map(async (id) => {
          const seen = await startUnder(engine, id);
          return typeof seen === 'number' ? seen : seen.code;
        }),
      ),
    expected: [202, 202, 202, 202, 202, 404],
  },
];

export const differentStarts: readonly DifferentRow[] = [
  {
    what: 'ids with +',
    observe: (engine) => startUnder(engine, 'a+b'),
    real: { code: 202, found: 'a b' },
    local: { code: 202, found: 'a+b' },
    why: 'the product’s ids are base64url',
  },
];
