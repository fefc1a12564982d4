import { writeFile } from 'node:fs/promises';
import { sealingKey } from '#platform/access/audit-heads';
import { ocsfOf } from '#platform/access/audit-ocsf';
import { counted } from '#platform/counted';
import { actorNames } from '#platform/identity/actor';
import { type TenantId, tenantId } from '#platform/identity/tenant';
import { list } from '#platform/settings/read';
import { readRetention } from '#platform/settings/retention';
import { readTrailSettings } from '#platform/settings/trail';
import { platformTenant } from '#platform/storage/audit-store';
import { headCopies } from '#platform/storage/head-copies';
import { runningTenants } from '../../emulators/stack/state.ts';
import { readRegistry } from '../../gateway/registry.ts';
import { reachStorage } from '../../seed/reach-storage.ts';
import { runCommand } from '../command-line/run-command.ts';
import { tenantOption } from '../command-line/tenant-option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import type { JoinedEntry } from './joined.ts';
import { readTrail } from './read-trail.ts';
import { linesOf, verifyTrail } from './verify-trail.ts';

const usage = `Reads the audit trail.

  npm run trail -- --tenant contoso [--since 1h] [--denied] [--json]
  npm run trail -- --tenant contoso [--since 1h] [--denied] --export FILE
  npm run trail -- --tenant contoso --verify [--key KEY]

  --tenant SLUG   whose trail; platform has the requests of callers that could not be verified
  --since AGE     how far back: 30m, 1h (default), 7d
  --denied        only what was refused for lack of a permission or a valid token
  --json          one JSON object per line
  --export FILE   into a file, one event of OCSF's class API Activity per line
  --verify        whether the whole trail is as it was written; ends with 1, and names the first entry that is not, if not
  --key KEY       the sealing key that must have signed; those of STATE_SIGNING_KEY unless given, any when that is not set either

Reads DATA_STORAGE, or the storage of the running local stack. With TRAIL_COPIES, --verify compares the heads with their copies.`;

const secondsPer: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

const options = {
  tenant: { type: 'string' },
  since: { type: 'string', default: '1h' },
  denied: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  export: { type: 'string' },
  verify: { type: 'boolean', default: false },
  key: { type: 'string' },
} as const;

await runCommand({ usage, options }, async (values) => {
  if (values.tenant === undefined) {
    throw new UsageError('Name a tenant with --tenant.');
  }
  const seconds = secondsOf(values.since);
  const configured = process.env.DATA_STORAGE || undefined;
  // a deployment's storage may hold tenants that this folder does not know
  const tenant = configured === undefined ? tenantNamed(values.tenant) : tenantOption(values.tenant);
  const dataStorage = configured ?? (await storageOf(tenant));
  if (dataStorage === undefined) {
    throw new Error('Set DATA_STORAGE, or start the local stack with npm start.');
  }
  if (configured !== undefined) {
    await reachStorage(configured, 'DATA_STORAGE');
  }
  if (values.verify) {
    const { copies } = readTrailSettings(process.env);
    const proof = await verifyTrail({
      ...{ dataStorage, tenant, now: new Date() },
      ...expected(values.key),
      copies: copies === undefined ? undefined : headCopies(copies),
    });
    for (const line of linesOf(proof)) {
      console.log(line);
    }
    return proof.faults.length === 0 ? 0 : 1;
  }
  const entries = await readTrail({ dataStorage, tenant, seconds });
  const wanted = entries.filter(({ decision }) => !values.denied || decision === 'denied');
  if (values.export !== undefined) {
    // who reads the trail may not be everybody who has an account on this machine
    await writeFile(values.export, wanted.map((entry) => `${JSON.stringify(ocsfOf(entry))}\n`).join(''), {
      mode: 0o600,
    });
    console.error(`${values.export}: ${counted(wanted.length, 'event')} since ${values.since}.`);
    return 0;
  }
  for (const entry of wanted) {
    console.log(values.json ? JSON.stringify(entry) : lineOf(entry));
  }
  if (!values.json) {
    console.error(
      `${wanted.length} of ${counted(entries.length, 'entry', 'entries')} since ${values.since}.`,
    );
  }
  return 0;
});

/** By which keys the trail must be sealed, and from which day on it is kept. */
function expected(key: string | undefined) {
  const secrets = list(process.env, 'STATE_SIGNING_KEY');
  const ofDeployment =
    secrets.length === 0 ? undefined : secrets.map((secret) => sealingKey(secret).publicKey);
  return {
    keys: key === undefined ? ofDeployment : [key],
    auditDays: readRetention(process.env).auditDays,
  };
}

/** A tenant of the registry, or the one that keeps what belongs to none: the trail of another is always empty. */
function tenantNamed(slug: string): TenantId {
  const known = [...readRegistry().tenants.map((tenant) => tenant.slug), platformTenant];
  if (!known.includes(slug)) {
    throw new UsageError(`There is no tenant "${slug}"; use ${known.join(', ')}.`);
  }
  return tenantId(slug);
}

/** A backend keeps what it could not attribute to a tenant; each tenant's backend has its own. */
async function storageOf(tenant: string): Promise<string | undefined> {
  const tenants = await runningTenants();
  return (tenants?.[tenant] ?? Object.values(tenants ?? {})[0])?.dataStorage;
}

function secondsOf(age: string): number {
  const [, number, unit = ''] = /^(\d+)([smhd])$/.exec(age) ?? [];
  const seconds = secondsPer[unit];
  if (number === undefined || seconds === undefined) {
    throw new UsageError(`--since is "${age}"; it must be an age such as 30m, 1h or 7d.`);
  }
  return Number(number) * seconds;
}

function lineOf(entry: JoinedEntry): string {
  const who = entry.user === '' ? 'unverified caller' : entry.user;
  const what = `${entry.tool || 'request'}${entry.calledAs === undefined ? '' : ` (called as ${entry.calledAs})`}${entry.by === 'expert' ? ' (by an expert)' : ''}`;
  return [
    entry.time,
    entry.decision.padEnd(7),
    what.padEnd(24),
    entry.outcome.padEnd(14),
    `${entry.durationMs} ms`.padStart(7),
    ...spentIn(entry),
    entry.reason + (entry.count === undefined ? '' : ` (${entry.count} requests)`),
    who + actorIn(entry) + (entry.client === undefined ? '' : ` with ${shortened(entry.client)}`),
  ].join('  ');
}

/** A program says so; a person is what one expects. */
function actorIn({ actor = 'person' }: JoinedEntry): string {
  return actor === 'person' ? '' : ` (${actorNames[actor]})`;
}

/** What models used for the call, and what it cost. */
function spentIn({ inputTokens = 0, outputTokens = 0, cost, currency }: JoinedEntry): string[] {
  const tokens = inputTokens + outputTokens;
  const money = cost === undefined ? '' : `, ${cost.toFixed(4)} ${currency}`;
  return tokens === 0 ? [] : [`${counted(tokens, 'token')}${money}`];
}

/** Ids of clients that registered themselves hold all that was registered; with --json they are whole. */
function shortened(client: string): string {
  return client.length > 60 ? `${client.slice(0, 24)}…` : client;
}
