import { expect } from 'vitest';
import { createGates } from '../../integration/durable/gates.ts';
import { ask, codes, hasStatus, waiting } from './asking.ts';
import type { DifferentRow, Engine, SameRow } from './row.ts';

const terminated = async (engine: Engine, id: string) => {
  const { runtimeStatus, output } = await engine.until(id);
  return { runtimeStatus, output };
};

export const sameControl: readonly SameRow[] = [
  {
    what: 'terminate in the middle of a timer, with a reason and without',
    async observe(engine) {
      const ids = await Promise.all([1, 2].map(() => waiting(engine, 'nap', 60_000)));
      const seen = await codes(
        engine,
        ['POST', `instances/${ids[0]}/terminate?reason=enough`],
        ['POST', `instances/${ids[1]}/terminate`],
      );
      return [seen, ...(await Promise.all(ids.map((id) => terminated(engine, id))))];
    },
    expected: [
      [202, 202],
      { runtimeStatus: 'Terminated', output: 'enough' },
      { runtimeStatus: 'Terminated', output: null },
    ],
  },
  {
    what: 'terminate right after the start',
    async observe(engine) {
      const { id } = await engine.start('nap', { input: 60_000 });
      await engine.client('terminate', id, 'at once');
      return await terminated(engine, id);
    },
    expected: { runtimeStatus: 'Terminated', output: 'at once' },
  },
  {
    what: 'terminate in the middle of an activity: it runs to its end, and nothing follows',
    async observe(engine) {
      const gates = createGates();
      const [first, second] = [gates.gate('1'), gates.gate('2')];
      const { id } = await engine.start('gatedSteps', { input: { log: gates.log, gates: [first, second] } });
      await gates.sees('step 1 begins');
      await engine.client('terminate', id, 'stop');
      const end = await terminated(engine, id);
      gates.open(first);
      await gates.sees('step 1 ends');
      const lines = gates.lines();
      const after = await terminated(engine, id);
      gates.remove();
      return { end, after, lines };
    },
    expected: {
      end: { runtimeStatus: 'Terminated', output: 'stop' },
      after: { runtimeStatus: 'Terminated', output: 'stop' },
      lines: ['step 1 begins', 'step 1 ends'],
    },
  },
  {
    what: 'terminate, suspend, resume and events of one that has ended, and of nobody',
    async observe(engine) {
      const { instanceId } = await engine.run('identity', { input: 1 });
      const operations = ['terminate', 'suspend', 'resume', 'raiseEvent/go'];
      const of = (id: string) =>
        codes(engine, ...operations.map((one) => ['POST', `instances/${id}/${one}`, '1'] as const));
      return [await of(instanceId), await of('nobody')];
    },
    expected: [
      [410, 410, 410, 410],
      [404, 404, 404, 404],
    ],
  },
  {
    what: 'suspend and resume: status, reason, and again',
    async observe(engine) {
      const id = await waiting(engine, 'nap', 60_000);
      await engine.client('suspend', id, 'holiday');
      const suspended = await engine.until(id, hasStatus('Suspended'));
      const again = await codes(engine, ['POST', `instances/${id}/suspend?reason=x`]);
      await engine.client('resume', id, 'back');
      const resumed = await engine.until(id, hasStatus('Running'));
      const too = await codes(engine, ['POST', `instances/${id}/resume?reason=x`]);
      await engine.client('terminate', id, 'seen');
      return [suspended.output, again, resumed.output, too, await terminated(engine, id)];
    },
    expected: ['holiday', [500], 'back', [500], { runtimeStatus: 'Terminated', output: 'seen' }],
  },
  {
    what: 'one that waits for an event stands still while it is suspended, and goes on when resumed',
    async observe(engine) {
      const id = await waiting(engine, 'collect', { count: 1 });
      await engine.client('suspend', id, 'holiday');
      await engine.until(id, hasStatus('Suspended'));
      await engine.client('raiseEvent', id, 'item', 'kept');
      const between = (await engine.status(id)).runtimeStatus;
      await engine.client('resume', id, 'back');
      const { runtimeStatus, output } = await engine.until(id);
      return { between, runtimeStatus, output };
    },
    expected: { between: 'Suspended', runtimeStatus: 'Completed', output: ['kept'] },
  },
  {
    what: 'purge of one that has ended, that was terminated, and of nobody',
    async observe(engine) {
      const { instanceId } = await engine.run('identity', { input: 1 });
      const id = await waiting(engine, 'nap', 60_000);
      await engine.client('terminate', id, 'x');
      await engine.until(id);
      const purge = async (one: string) => {
        const { code, body } = await ask(engine, 'DELETE', `instances/${one}`);
        return { code, body };
      };
      return [await purge(instanceId), await purge(id), (await purge(id)).code, (await purge('nobody')).code];
    },
    expected: [
      { code: 200, body: { instancesDeleted: 1 } },
      { code: 200, body: { instancesDeleted: 1 } },
      404,
      404,
    ],
  },
  {
    what: 'purge of a running one is refused, and removes nothing',
    async observe(engine) {
      const id = await waiting(engine, 'nap', 60_000);
      const { code, body } = await ask(engine, 'DELETE', `instances/${id}`);
      const { runtimeStatus } = await engine.status(id);
      await engine.client('terminate', id, 'x');
      return { code, says: String(body).replace(id, 'ID'), runtimeStatus };
    },
    expected: {
      code: 412,
      says: 'Only orchestrations in a terminal state can be purged, but the orchestration with instance ID ID has status Running',
      runtimeStatus: 'Running',
    },
  },
];

export const differentControl: readonly DifferentRow[] = [
  {
    what: 'an event for a suspended one that races it against a timer',
    async observe(engine) {
      const id = await waiting(engine, 'approval');
      await engine.client('suspend', id, 'holiday');
      await engine.until(id, hasStatus('Suspended'));
      await engine.client('raiseEvent', id, 'go', 1);
      // what a whole orchestration takes meanwhile is more than enough for one event
      await engine.run('nineSteps', { input: { wait: 0 } });
      return (await engine.status(id)).runtimeStatus;
    },
    real: 'Completed',
    local: 'Suspended',
    why: 'what the engine decides there must not matter: a record of one’s own says whether an event counts',
  },
  {
    what: 'rewind of one that has completed, and of nobody',
    async observe(engine) {
      const { instanceId } = await engine.run('identity', { input: 1 });
      return await codes(
        engine,
        ['POST', `instances/${instanceId}/rewind`],
        ['POST', 'instances/nobody/rewind'],
      );
    },
    real: [412, 404],
    local: [501, 404],
    why: 'not emulated, and the answer says so: the product begins again instead',
  },
  {
    what: 'purge of many at once',
    async observe(engine) {
      const path =
        'instances?createdTimeFrom=2001-01-01T00:00:00Z&createdTimeTo=2001-01-02T00:00:00Z&runtimeStatus=Completed';
      return (await ask(engine, 'DELETE', path)).code;
    },
    real: expect.toBeOneOf([200, 404]),
    local: 501,
    why: 'not emulated, and the answer says so: the product removes by id, one by one',
  },
];
