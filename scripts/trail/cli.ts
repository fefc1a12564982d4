import { parseArgs } from 'node:util';
import type { AuditEntry } from '#platform/access/audit';
import { tenantId } from '#platform/identity/tenant';
import { runningTenants } from '../../emulators/stack/state.ts';
import { readTrail } from './read-trail.ts';

const usage = `Reads the audit trail.

  npm run audit -- --tenant contoso [--since 1h] [--denied] [--json]

  --tenant SLUG   whose trail; platform has the requests of callers that could not be verified
  --since AGE     how far back: 30m, 1h (default), 7d
  --denied        only what was refused for lack of a permission or a valid token
  --json          one JSON object per line

Reads DATA_STORAGE, or the storage of the running local stack.`;

const secondsPer: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      tenant: { type: 'string' },
      since: { type: 'string', default: '1h' },
      denied: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  if (values.tenant === undefined) throw new Error(`Name a tenant with --tenant.\n\n${usage}`);
  const dataStorage = process.env.DATA_STORAGE ?? (await storageOf(values.tenant));
  if (dataStorage === undefined)
    throw new Error('Set DATA_STORAGE, or start the local stack with npm start.');
  const entries = await readTrail({
    dataStorage,
    tenant: tenantId(values.tenant),
    seconds: secondsOf(values.since),
  });
  const wanted = entries.filter(({ decision }) => !values.denied || decision === 'denied');
  for (const entry of wanted) console.log(values.json ? JSON.stringify(entry) : lineOf(entry));
  if (!values.json) console.error(`${wanted.length} of ${entries.length} entries since ${values.since}.`);
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
    throw new Error(`--since is "${age}"; it must be an age such as 30m, 1h or 7d.`);
  }
  return Number(number) * seconds;
}

function lineOf(entry: AuditEntry): string {
  const who = entry.user === '' ? 'unverified caller' : entry.user;
  const what = `${entry.tool || 'request'}${entry.by === 'expert' ? ' (by an expert)' : ''}`;
  return [
    entry.time,
    entry.decision.padEnd(7),
    what.padEnd(24),
    entry.outcome.padEnd(14),
    `${entry.durationMs} ms`.padStart(7),
    entry.reason,
    who,
  ].join('  ');
}
