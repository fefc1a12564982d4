import { expect } from 'vitest';
import { ask, codes, waiting } from './asking.ts';
import type { DifferentRow, SameRow } from './row.ts';

const seconds = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

export const sameStates: readonly SameRow[] = [
  {
    what: 'the status of one that runs: its members, 202, where and when to look again',
    async observe(engine) {
      const id = await waiting(engine, 'nap', 60_000);
      const { code, body, headers } = await ask(engine, 'GET', `instances/${id}`);
      await engine.client('terminate', id, 'x');
      const { instanceId, ...rest } = body as { instanceId: string };
      const again = headers.get('location') ?? '';
      return {
        code,
        rest,
        isIts: instanceId === id,
        again: again.includes(id),
        later: headers.get('retry-after'),
      };
    },
    expected: {
      code: 202,
      rest: {
        name: 'nap',
        runtimeStatus: 'Running',
        input: 60_000,
        customStatus: 'asleep',
        output: null,
        createdTime: seconds,
        lastUpdatedTime: seconds,
      },
      isIts: true,
      again: true,
      later: '5',
    },
  },
  {
    what: 'the status of one that has ended: 200; without its input when asked so; of nobody 404',
    async observe(engine) {
      const { instanceId } = await engine.run('identity', { input: 'in' });
      const { code, body } = await ask(engine, 'GET', `instances/${instanceId}?showInput=false`);
      const { runtimeStatus, input, output } = body as Record<string, unknown>;
      return [code, runtimeStatus, input, output, ...(await codes(engine, ['GET', 'instances/nobody']))];
    },
    expected: [200, 'Completed', null, 'in', 404],
  },
  {
    what: 'the status of one that failed: text as output, and 500 when asked so',
    async observe(engine) {
      const { instanceId, output } = await engine.run('bigStatus');
      const path = `instances/${instanceId}`;
      const seen = await codes(
        engine,
        ['GET', path],
        ['GET', `${path}?returnInternalServerErrorOnFailure=true`],
      );
      return { output, seen };
    },
    expected: {
      output:
        "Orchestrator function 'bigStatus' failed: The UTF-16 size of the JSON-serialized payload must not exceed 16 KB. The current payload size is 17 KB.",
      seen: [200, 500],
    },
  },
  {
    what: 'a custom status of 16 KB',
    async observe(engine) {
      const { customStatus, output } = await engine.run('statusOfSize', { input: 8_000 });
      return [String(customStatus).length, output];
    },
    expected: [8_000, 'after'],
  },
  {
    what: 'a custom status that is set to null',
    observe: async (engine) => (await engine.run('clearStatus')).customStatus,
    expected: null,
  },
  {
    what: 'the input in the history for people is text',
    async observe(engine) {
      const { instanceId } = await engine.run('identity', { input: { a: 1 } });
      const path = `instances/${instanceId}?showHistory=true&showHistoryOutput=true&showInput=true`;
      const { body } = await ask(engine, 'GET', path);
      return (body as { historyEvents: { Input: unknown }[] }).historyEvents[0]?.Input;
    },
    expected: '{"a":1}',
  },
  {
    what: 'the list of all instances has each with its status',
    async observe(engine) {
      const { instanceId } = await engine.run('identity', { input: 'listed' });
      const listed = (await engine.client('getStatusAll')) as { instanceId: string; output: unknown }[];
      return listed.filter((one) => one.instanceId === instanceId).map(({ output }) => output);
    },
    expected: ['listed'],
  },
];

export const differentStates: readonly DifferentRow[] = [
  {
    what: 'a list by status',
    observe: async (engine) => (await ask(engine, 'GET', 'instances?runtimeStatus=Failed')).code,
    real: 200,
    local: 501,
    why: 'not emulated, and the answer says so: the product lists its own records',
  },
];
