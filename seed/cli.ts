import { createInterface } from 'node:readline/promises';
import { counted } from '#platform/counted';
import { BusinessError } from '#platform/errors';
import { SettingsError } from '#platform/settings/read';
import type { Storage } from '#platform/storage/connect';
import { createLogger } from '#platform/telemetry/log';
import { type CliOptions, readOptions, UsageError, usage } from './cli-options.ts';
import { openEmbeddings, storeEmbeddings } from './embeddings.ts';
import { inspectStorage, LoadRefused, loadSeed, prepareSeed, type Seed } from './loader.ts';
import { showProgress } from './progress.ts';
import { reachStorage } from './reach-storage.ts';

const now = () => new Date();

const failed = 1;
const wrongCommand = 2;

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env, now());
  if (options.help) {
    console.log(usage);
    return;
  }
  // Whatever is wrong with the settings is said before anything is written.
  const embeddings = await openEmbeddings(
    process.env,
    createLogger('warn', now, (line) => console.error(line)),
  );
  const storage = await reachStorage(options.storage, options.storageSource);
  for (const tenant of options.tenants) {
    const { dataset, tenant: slug } = await loadTenant(storage, tenant, options);
    if (embeddings === undefined) {
      continue;
    }
    const vectors = await storeEmbeddings(storage, slug, dataset.documents, embeddings);
    console.log(`${tenant}: vectors of ${counted(vectors, 'document')} stored.`);
  }
}

async function loadTenant(storage: Storage, tenant: string, options: CliOptions): Promise<Seed> {
  const { asOf, seed: number, force } = options;
  const seed = prepareSeed({ asOf, seed: number, tenant });
  if (force && !options.yes) {
    await askBeforeDeleting(storage, seed);
  }
  const progress = showProgress(tenant, process.stdout);
  const outcome = await loadSeed(storage, seed, { now, force, onProgress: progress.update }).finally(
    progress.stop,
  );
  console.log(report(outcome, seed));
  return seed;
}

function report(outcome: 'loaded' | 'unchanged', { tenant, asOf, seed, dataset }: Seed): string {
  const what = `${counted(dataset.customers.length, 'customer')} as of ${asOf}, seed ${seed}`;
  return outcome === 'loaded'
    ? `${tenant}: loaded ${what}.`
    : `${tenant}: ${what} are already there; nothing to do.`;
}

/** @throws UsageError when nobody can be asked, LoadRefused when the answer is not yes */
async function askBeforeDeleting(storage: Storage, seed: Seed): Promise<void> {
  const stored = await inspectStorage(storage, seed);
  if (stored === 'nothing') {
    return;
  }
  const loss = `--force deletes all data of tenant ${seed.tenant} (it holds ${stored})`;
  if (!process.stdin.isTTY) {
    throw new UsageError(`${loss}; add --yes, because nobody can be asked here.`);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`${loss}. Type yes to go on: `);
  terminal.close();
  if (answer.trim().toLowerCase() !== 'yes') {
    throw new LoadRefused('Nothing was changed.');
  }
}

/** Its message says what to do. */
function isForPeople(error: unknown): error is Error {
  return [RangeError, LoadRefused, BusinessError, SettingsError].some((kind) => error instanceof kind);
}

/** What people can act on is one sentence; anything else is a defect and shows where it happened. */
function explain(error: unknown): void {
  if (error instanceof UsageError) {
    console.error(`${error.message}\nSee: npm run seed -- --help`);
    process.exitCode = wrongCommand;
  } else if (isForPeople(error)) {
    console.error(error.message);
    process.exitCode = failed;
  } else {
    console.error(error);
    process.exitCode = failed;
  }
}

await main().catch(explain);
