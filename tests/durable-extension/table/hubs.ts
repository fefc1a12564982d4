import { freshHub } from '../../integration/durable/durable-host.ts';
import type { RowOn } from '../compare.ts';
import type { Instance } from '../instance.ts';
import { provider, type StartInstance } from '../instances.ts';

/** The processes that ran an activity of each of some orchestrations, half of them started at each instance. */
async function processesOf(instances: readonly Instance[], count: number): Promise<unknown[]> {
  const runs = Array.from({ length: count }, (_, index) =>
    instances[index % instances.length]?.run('whichProcess'),
  );
  return (await Promise.all(runs)).map((status) => status?.output);
}

export const hubRows: readonly RowOn<StartInstance>[] = [
  {
    what: 'two instances of one app share the work, and each sees all of it',
    async observe(start) {
      const hub = freshHub();
      const instances = await Promise.all([start({ hub }), start({ hub })]);
      const processes = new Set<unknown>();
      for (let rounds = 0; processes.size < 2 && rounds < 20; rounds += 1) {
        for (const one of await processesOf(instances, 12)) {
          processes.add(one);
        }
      }
      const { id } = (await instances[0]?.start('identity', { input: 'seen' })) ?? { id: '' };
      return { processes: processes.size, output: (await instances[1]?.until(id))?.output };
    },
    expected: { processes: 2, output: 'seen' },
  },
  {
    what: 'two apps with one task hub: how many of them work',
    async observe(start) {
      const hub = freshHub();
      const first = await start({ hub, site: `${hub}a` });
      const second = await start({ hub, site: `${hub}b` });
      const processes = await processesOf([first, second], 8);
      return new Set(processes).size;
    },
    real: 1,
    local: 2,
    why: 'there one app holds the lease of the hub; the product has a hub for each app and slot, and the doctor refuses a shared one',
  },
  {
    what: 'a controlQueueVisibilityTimeout under a minute: it does not start, and says so',
    async observe(start) {
      const started = start({ env: { [`${provider}controlQueueVisibilityTimeout`]: '00:00:30' } });
      const error: unknown = await started.catch((caught: unknown) => caught);
      return /controlQueueVisibilityTimeout/i.test(String(error));
    },
    expected: true,
  },
  {
    what: 'a workItemQueueVisibilityTimeout under a minute is taken',
    async observe(start) {
      const instance = await start({ env: { [`${provider}workItemQueueVisibilityTimeout`]: '00:00:30' } });
      return (await instance.run('whichProcess')).runtimeStatus;
    },
    expected: 'Completed',
  },
];
