import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { approvalStore } from '#platform/approvals/approval-store';
import { tableName } from '#platform/storage/tables';
import { type HostProcess, startHostProcess } from '../../emulators/stack/host-process.ts';
import { callAgreeing, currentClient, formerClient } from '../../scripts/demo/clients.ts';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { bulkWrite } from '../../seed/writing/bulk.ts';
import { invoiceOf, withPayers } from '../integration/experts/paying-customers.ts';
import { type Artifact, makeArtifact } from '../integration/package/artifact.ts';
import { type StorageProxy, startStorageProxy } from '../security/storage-proxy.ts';
import { freshTenant, testDataStorage, testStorage } from '../support/azurite.ts';
import { environment, tokenFor } from '../support/service.ts';

/** Approvals whose processes are killed (SIGKILL) in the middle of them: two hosts on one storage, and two builds. */

const generous = { timeout: 150_000, interval: 500 };
const payers = withPayers(2);
const [payer = 0, other = 0] = payers.ids;
const tenant = { slug: freshTenant(), tid: 'a0000000-0000-4000-8000-00000000000a', data: payers.data };
const hub = `Second${tenant.slug}`;
/** Of the arguments and of the reason: only the tenant's own tables may have them. */
const markers = { key: 'marker-of-a-key', amount: '61.37', reason: 'Marker of a reason' };

let proxy: StorageProxy;
let artifact: Artifact;
let compiled: string;
let built: HostProcess;
let deployed: HostProcess;

const settings = () => ({
  ...environment([tenant]),
  AzureWebJobsStorage: testDataStorage(),
  AzureFunctionsJobHost__extensions__durableTask__hubName: hub,
  STATE_SIGNING_KEY: 'a key of the tests that has at least 32 bytes',
  APPROVE_ABOVE: '50',
  CONFIRM_PAYMENTS_ABOVE: '1000000',
});
/** As it was compiled here, file by file, with a storage that can be held up. */
const startBuilt = () =>
  startHostProcess({ dir: compiled, env: { ...settings(), DATA_STORAGE: proxy.connectionString } });
/** As it is deployed: bundled, in a folder of its own, with another setting. */
const startDeployed = () =>
  startHostProcess({ dir: artifact.dir, env: { ...settings(), APPROVAL_HOURS: '48' } });

/** A folder of an app that loads each compiled trigger by itself. */
function compiledApp(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'compiled-'));
  const functions = path.join(projectDir, 'dist/functions');
  const triggers = readdirSync(functions).filter((file) => /^(?!all\.).*\.js$/.test(file));
  const lines = triggers.map((file) => `import '${pathToFileURL(path.join(functions, file)).href}';`);
  writeFileSync(path.join(dir, 'all.mjs'), lines.join('\n'));
  writeFileSync(path.join(dir, 'package.json'), JSON.stringify({ main: 'all.mjs' }));
  copyFileSync(path.join(projectDir, 'host.json'), path.join(dir, 'host.json'));
  return dir;
}

beforeAll(async () => {
  compiled = compiledApp();
  await bulkWrite(await testStorage(), tenant.slug, tenant.data);
  [proxy, artifact] = await Promise.all([startStorageProxy(), makeArtifact()]);
  built = await startBuilt();
  // the package is made anew
}, 400_000);
afterAll(async () => {
  await built?.kill();
  await deployed?.kill();
  await proxy?.stop();
  await artifact?.remove();
  rmSync(compiled, { recursive: true });
});

type Connect = typeof currentClient;

async function callOn(
  { origin }: HostProcess,
  [user, roles]: readonly [string, readonly string[]],
  tool: string,
  args: Readonly<Record<string, unknown>>,
  connect: Connect = currentClient,
) {
  const client = await connect({
    url: `${origin}/mcp`,
    token: tokenFor(tenant, roles, user),
    agree: async () => true,
  });
  try {
    return await callAgreeing(client, tool, { ...args });
  } finally {
    await client.close();
  }
}

const bill = ['bill', ['query', 'billing']] as const;
const anna = ['anna', ['query', 'approver']] as const;
const payment = (id: number) => ({
  ...{ invoice_id: invoiceOf(id), amount: Number(markers.amount) },
  idempotency_key: `${markers.key}-${id}`,
});

async function asked(on: HostProcess, id: number, connect?: Connect): Promise<string> {
  const { text } = await callOn(on, bill, 'pay_invoice', payment(id), connect);
  return /approval ([0-9a-f]{48})/.exec(text)?.[1] ?? expect.fail(text);
}

const decision = (approval_id: string) => ({ approval_id, decision: 'approve', reason: markers.reason });
const stored = async (id: string) => (await approvalStore(await testStorage(), tenant.slug).read(id))?.record;

async function paid(on: HostProcess, id: number) {
  const { data } = await callOn(on, bill, 'get_invoice_payments', { invoice_id: invoiceOf(id) });
  return (data.payments as { amount: number }[]).map(({ amount }) => amount);
}

it('it waits while its process is killed and another build is deployed, and is then decided on and carried out once', async () => {
  const id = await asked(built, payer, formerClient);
  await built.kill();
  deployed = await startDeployed();
  const listed = await callOn(deployed, anna, 'list_approvals', {});
  expect(listed.data.approvals).toMatchObject([{ approval_id: id, arguments: { amount: 61.37 } }]);
  expect((await callOn(deployed, anna, 'decide_approval', decision(id), formerClient)).data).toMatchObject({
    state: 'done',
  });
  expect(await paid(deployed, payer)).toEqual([61.37]);
});

it('whoever carries it out is killed between the decision and the payment: the other host carries it out, once', async () => {
  built = await startBuilt();
  const id = await asked(built, other);
  // the transaction of the payment does not come through
  proxy.fault = { pattern: /\$batch[\s\S]*Accounts/, effect: 'hold' };
  const lost = callOn(built, anna, 'decide_approval', decision(id)).catch(() => 'no answer');
  await proxy.holding();
  expect(await stored(id)).toMatchObject({ state: 'approved', decidedBy: expect.stringMatching(/:anna$/) });
  expect(await paid(deployed, other)).toEqual([]);
  await built.kill();
  expect(await lost).toBe('no answer');

  await expect.poll(() => stored(id), generous).toMatchObject({ state: 'done' });
  expect(await paid(deployed, other)).toEqual([61.37]);
  const again = await callOn(deployed, anna, 'decide_approval', decision(id));
  expect(again.text).toMatch(/^This is decided or over already/);
  expect((await callOn(deployed, bill, 'pay_invoice', payment(other))).data).toMatchObject({
    outstanding: 28.63,
  });
  expect(await paid(deployed, other)).toEqual([61.37]);
});

it('the engine keeps ids and times of it: arguments and reasons are in the tenant’s own tables alone', async () => {
  const storage = await testStorage();
  const found: Record<string, string[]> = { engine: [], approvals: [] };
  const ids: string[] = [];
  for (const name of await storage.tableNames()) {
    const place = name.toLowerCase().startsWith(hub.toLowerCase())
      ? 'engine'
      : name === tableName(tenant.slug, 'Approvals')
        ? 'approvals'
        : undefined;
    if (place === undefined) {
      continue;
    }
    const text = JSON.stringify(await storage.table(name).list(''));
    found[place]?.push(...Object.values(markers).filter((marker) => text.includes(marker)));
    ids.push(...(place === 'engine' ? (text.match(/[0-9a-f]{48}/g) ?? []) : []));
  }
  expect(new Set(ids).size, 'the engine’s tables were read').toBe(2);
  expect(found.engine).toEqual([]);
  expect(found.approvals?.sort()).toEqual(Object.values(markers).sort());
});
