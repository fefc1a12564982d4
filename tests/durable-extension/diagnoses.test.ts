import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { bulkWrite } from '../../seed/writing/bulk.ts';
import { freshHub } from '../integration/durable/durable-host.ts';
import { freshTenant, testStorage } from '../support/azurite.ts';
import { environment, seedTenant, type TestTenant, tokenFor } from '../support/service.ts';
import { compare, type EngineName } from './compare.ts';
import { hasExtension } from './extension-process.ts';
import { type Instance, startLocalInstance } from './instance.ts';
import { type RealHost, startRealHost } from './real-host.ts';
import { detail, diagnose, diagnosisRows, type ServiceOn, statusesOf } from './table/diagnoses.ts';
import { placesOf, readTaskHub, sent } from './task-hub.ts';
import { askForPayment, markers, payerData, withLimit } from './waiting-payment.ts';

const levels = (level: string) =>
  Object.fromEntries(
    ['Azure.Core', 'DurableTask', 'Host.Triggers.DurableTask'].map((category) => [
      `AzureFunctionsJobHost__logging__logLevel__${category}`,
      level,
    ]),
  );

let tenant: TestTenant;
const paying = { slug: freshTenant(), tid: 'b0000000-0000-4000-8000-00000000000b', data: payerData };
const hub = freshHub();
let local: Instance;
let real: RealHost;
let loud: RealHost;

beforeAll(async () => {
  tenant = await seedTenant('a0000000-0000-4000-8000-00000000000a');
  await bulkWrite(await testStorage(), paying.slug, paying.data);
  const env = {
    ...environment([tenant, paying]),
    ...withLimit,
    STATE_SIGNING_KEY: 'a key that survives the process: at least 32 bytes',
    TROUBLESHOOT_SECONDS: '3',
    // once an hour it would be in the way
    'AzureWebJobs.purge-jobs.Disabled': 'true',
  };
  local = await startLocalInstance({ dir: projectDir, env });
  if (hasExtension()) {
    [real, loud] = await Promise.all([
      startRealHost({ dir: projectDir, env, hub }),
      startRealHost({ dir: projectDir, env: { ...env, ...levels('Information') } }),
    ]);
  }
});
afterAll(async () => {
  await Promise.all([local?.stop(), real?.stop(), loud?.stop()]);
});

const on = (instance: Instance): ServiceOn => ({ instance, token: tokenFor(tenant, ['security']) });

compare(diagnosisRows, (engine: EngineName) => on(engine === 'real' ? real : local), { atOnce: false });

/** Entries of the log that the Functions host would hand to Application Insights. */
const entriesOf = (host: RealHost) =>
  host.extension().lines.filter((line) => /^(?:trce|dbug|info|warn|fail|crit): /.test(line)).length;

async function entriesOfOne(host: RealHost): Promise<number> {
  const before = entriesOf(host);
  await diagnose(on(host));
  return entriesOf(host) - before;
}

it.skipIf(!hasExtension())(
  'the levels of host.json keep the log of a diagnosis short, and that of an idle host empty',
  async () => {
    const quietly = await entriesOfOne(real);
    const loudly = await entriesOfOne(loud);
    console.log(`${quietly} entries for a diagnosis with the levels of host.json, ${loudly} at Information`);
    expect(quietly).toBeGreaterThan(0);
    expect(quietly).toBeLessThan(250);
    expect(loudly).toBeGreaterThan(3 * quietly);
    const [idle, since] = [entriesOf(real), entriesOf(loud)];
    // as long as it takes the other one to write so many without anything to do
    await expect.poll(() => entriesOf(loud), { timeout: 200_000 }).toBeGreaterThan(since + 40);
    expect(entriesOf(real)).toBe(idle);
  },
);

/** What the extension keeps at this moment, and in which of its places these texts are. */
async function keptOf(texts: readonly string[]) {
  const read = await readTaskHub(inject('extensionStorage'), hub);
  return { read, places: placesOf(texts, read) };
}

const nowhere = { tables: [], queues: [], blobs: [] };

it.skipIf(!hasExtension())(
  'of a payment that waits for a second person the extension keeps ids and times; of a diagnosis its texts, as long as it is kept',
  async () => {
    const control = ['Of a queue.', 'Of a large input.'];
    const storage = inject('extensionStorage');
    const own = `/${hub.toLowerCase()}-of-the-test`;
    const { id, approve } = await askForPayment(real.url, paying);
    await expect.poll(() => statusesOf(on(real))).toContain('Running');
    const whileItWaits = await keptOf([...markers, id]);
    expect(whileItWaits.places.tables, 'the extension’s tables are read').toEqual([id]);
    expect(await approve()).toBe('done');
    await expect.poll(() => statusesOf(on(real)), { timeout: 200_000 }).not.toContain('Running');

    // the reader finds what there is: rows of the diagnoses, a message, and what is too large for either, compressed
    await sent(storage, 'queue', own, { method: 'PUT' });
    const MessageText = Buffer.from('Of a queue.').toString('base64');
    const body = `<QueueMessage><MessageText>${MessageText}</MessageText></QueueMessage>`;
    await sent(storage, 'queue', `${own}/messages`, { method: 'POST', body });
    await sent(storage, 'blob', `${own}?restype=container`, { method: 'PUT' });
    await sent(storage, 'blob', `${own}/large`, {
      method: 'PUT',
      body: gzipSync('Of a large input.'),
      headers: { 'x-ms-blob-type': 'BlockBlob' },
    });
    const { read, places } = await keptOf([...markers, detail, ...control]);
    expect(places).toEqual({ tables: [detail], queues: ['Of a queue.'], blobs: ['Of a large input.'] });
    expect(JSON.stringify(read)).toContain(id);

    const listed = (await (await real.webhook('instances')).json()) as { instanceId: string }[];
    for (const { instanceId } of listed) {
      await real.webhook(`instances/${instanceId}`, { method: 'DELETE' });
    }
    expect((await keptOf([...markers, detail, id])).places).toEqual(nowhere);
  },
);
