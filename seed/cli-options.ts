import { parseArgs } from 'node:util';
import { dayOf } from '#platform/dates';
import { tenantId } from '#platform/identity/tenant';
import { readRegistry } from '../gateway/registry.ts';
import { isDay, isSeedNumber } from './generate/context.ts';
import { developmentStorage } from './reach-storage.ts';

export const usage = `Loads the demo data into Table Storage.

  npm run seed -- [options]

  --tenant SLUG       only this tenant; may be repeated (default: every tenant of apim-policies/tenants.json)
  --as-of YYYY-MM-DD  the day that the data describe (default: today, UTC)
  --seed N            another number, other people (default: 42)
  --storage TEXT      connection string or account URL (default: DATA_STORAGE, else the local Azurite on port 10002)
  --force             replace data that is already there
  --yes               do not ask before deleting
  --help              this text

Exit code: 0 when the data are there, 1 when they could not be loaded, 2 when the command is wrong.`;

const defaultSeed = '42';

export interface CliOptions {
  readonly tenants: readonly string[];
  readonly asOf: string;
  readonly seed: number;
  readonly storage: string;
  /** Where `storage` was given, or can be. */
  readonly storageSource: string;
  readonly force: boolean;
  readonly yes: boolean;
  readonly help: boolean;
}

/** The command line is wrong; the message is one sentence that says what is expected. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** @throws UsageError at the first argument that is unknown or not usable */
export function readOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  today: Date,
): CliOptions {
  const values = parse(args);
  return {
    tenants: [...new Set((values.tenant ?? registeredTenants()).map(checkTenant))],
    asOf: checkDay(values['as-of'] ?? dayOf(today)),
    seed: checkSeed(values.seed ?? defaultSeed),
    storage: values.storage || env.DATA_STORAGE || developmentStorage,
    storageSource: values.storage || !env.DATA_STORAGE ? '--storage' : 'DATA_STORAGE',
    force: values.force ?? false,
    yes: values.yes ?? false,
    help: values.help ?? false,
  };
}

function registeredTenants(): string[] {
  return readRegistry().tenants.map(({ slug }) => slug);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        tenant: { type: 'string', multiple: true },
        'as-of': { type: 'string' },
        seed: { type: 'string' },
        storage: { type: 'string' },
        force: { type: 'boolean' },
        yes: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function checkTenant(text: string): string {
  try {
    return tenantId(text);
  } catch (error) {
    throw new UsageError(`--tenant: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function checkDay(text: string): string {
  if (!isDay(text)) {
    throw new UsageError(`--as-of must be a day such as 2026-01-15; got "${text}".`);
  }
  return text;
}

function checkSeed(text: string): number {
  const seed = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!isSeedNumber(seed)) {
    throw new UsageError(`--seed must be a whole number from 0 to ${2 ** 31 - 1}; got "${text}".`);
  }
  return seed;
}
