import type { CrashClient } from './client.ts';
import { type Scenario, unequal } from './scenario.ts';
import type { Subject } from './subjects.ts';

const tool = 'trouble_shoot_device';

/** Asks for a diagnosis, again when the process ended before it was answered. @returns the id of its task */
async function begun(client: CrashClient, { subscription_id, key, memory }: Subject): Promise<string> {
  const id =
    memory.get('task') ??
    (await client.begin(tool, {
      device_name: 'router',
      detail: 'Slow in the evening.',
      subscription_id,
      idempotency_key: key,
    }));
  memory.set('task', id);
  return id;
}

const ended = (statuses: readonly { readonly status: string }[], as: string) =>
  statuses.filter(({ status }) => status === as).length;

export const jobs: readonly Scenario[] = [
  {
    name: 'a diagnosis',
    tool,
    door: 'host',
    async act(client, subject) {
      const task = await client.ended(await begun(client, subject));
      return task.result;
    },
    done: ({ jobs: all }) => ended(all, 'completed'),
    torn: ({ jobs: all, slots, jobKeys }) => [
      ...unequal('running diagnoses and slots', ended(all, 'working'), slots),
      ...unequal('diagnoses and keys', all.length, jobKeys),
    ],
    wrong: (_, __, answer) => {
      const { findings = [] } =
        (answer as { structuredContent?: { findings?: { step: string }[] } }).structuredContent ?? {};
      const titles = findings.map((finding) => JSON.stringify(finding));
      return unequal('findings, and those that differ', titles.length, new Set(titles).size);
    },
  },
  {
    name: 'a diagnosis that is called off',
    tool,
    door: 'host',
    async act(client, subject) {
      // how it begins is part of the scenario above
      const task = await begun(client.unwatched(), subject);
      await client.cancel(task);
      return (await client.ended(task)).status;
    },
    // a caller whose process died before the call was off may come too late: then it is told so, each time
    done: ({ jobs: all }) => ended(all, 'cancelled') + ended(all, 'completed'),
    torn: ({ jobs: all, slots }) => unequal('running diagnoses and slots', ended(all, 'working'), slots),
    wrong: ({ jobs: all }, _, answer) =>
      all.some(({ status }) => status === answer)
        ? []
        : [`the caller was told "${answer}", and the record says otherwise`],
  },
];
