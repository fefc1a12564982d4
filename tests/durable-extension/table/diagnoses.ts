import { expect } from 'vitest';
import { currentClient } from '../../../scripts/demo/clients.ts';
import type { Status } from '../../integration/durable/durable-status.ts';
import { type TaskClient, taskClient } from '../../support/task-client.ts';
import type { RowOn } from '../compare.ts';
import type { Instance } from '../instance.ts';
import { within } from './asking.ts';

/** The whole service on one of the engines, and somebody who may diagnose devices. */
export interface ServiceOn {
  readonly instance: Instance;
  readonly token: string;
}

/** What a customer says of it. */
export const detail = 'Slow in the evening.';
const asked = { detail, device_name: 'router-7', subscription_id: 258 };
const addressOf = ({ instance }: ServiceOn) => `${instance.url}/agentic/mcp`;

/** A diagnosis by a plain call. */
export async function diagnose(service: ServiceOn) {
  const client = await currentClient({ url: addressOf(service), token: service.token });
  const seen: number[] = [];
  const begun = performance.now();
  const { data, text } = await client.call('trouble_shoot_device', asked, (progress) => seen.push(progress));
  await client.close();
  return { seen, data, text, took: performance.now() - begun };
}

async function asTask<Seen>(service: ServiceOn, follow: (client: TaskClient, id: string) => Promise<Seen>) {
  const client = await taskClient({ url: addressOf(service), token: service.token });
  try {
    return await follow(client, await client.begin('trouble_shoot_device', asked));
  } finally {
    await client.close();
  }
}

export async function statusesOf({ instance }: ServiceOn): Promise<string[]> {
  const listed = (await (await instance.webhook('instances')).json()) as Status[];
  return listed.map(({ runtimeStatus }) => runtimeStatus);
}

const ended = async (client: TaskClient, id: string) => {
  await expect.poll(async () => (await client.get(id)).status, { timeout: 200_000 }).not.toBe('working');
  return await client.get(id);
};

/** In this order: the first one finds no others in the task hub. */
export const diagnosisRows: readonly RowOn<ServiceOn>[] = [
  {
    what: 'a diagnosis of the service: every step in order, the result, and no sooner than it should be',
    async observe(service) {
      const { seen, data, took } = await diagnose(service);
      const ascending = [...new Set(seen)].sort((one, other) => one - other);
      const { status } = data as { status: unknown };
      return {
        inOrder: seen.join() === ascending.join(),
        many: seen.length > 5,
        last: seen.at(-1),
        status,
        took,
      };
    },
    expected: {
      inOrder: true,
      many: true,
      last: 100,
      status: 'attention_needed',
      took: within(3_000, 120_000),
    },
  },
  {
    what: 'a diagnosis that is called off: its orchestration is terminated',
    observe: (service) =>
      asTask(service, async (client, id) => {
        await expect.poll(() => statusesOf(service)).toContain('Running');
        await client.cancel(id);
        const { status } = await ended(client, id);
        await expect.poll(() => statusesOf(service)).not.toContain('Running');
        return { status, orchestrations: (await statusesOf(service)).sort() };
      }),
    expected: { status: 'cancelled', orchestrations: ['Completed', 'Terminated'] },
  },
  {
    what: 'the functions’ process is killed in the middle of a diagnosis: it goes on, or says that it has to begin again',
    observe: (service) =>
      asTask(service, async (client, id) => {
        await expect.poll(() => statusesOf(service)).toContain('Running');
        await service.instance.crashFunctions();
        const { status, ...rest } = await ended(client, id);
        return { status, says: JSON.stringify(rest) };
      }),
    // the real extension fails an orchestration whose process ends in the very middle of a turn
    expected: expect.toBeOneOf([
      { status: 'completed', says: expect.stringContaining('router-7') },
      { status: 'failed', says: expect.stringContaining('start it again') },
    ]),
  },
];
