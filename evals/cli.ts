import { env } from 'node:process';
import { parseArgs } from 'node:util';
import { offlinePlans } from '#contoso/experts/offline/plans';
import { BusinessError } from '#platform/errors';
import { offlineModel } from '#platform/experts/models/offline/offline-model';
import { openModels } from '#platform/experts/models/open-models';
import type { ChatModel } from '#platform/experts/ports';
import { readModel } from '#platform/settings/model';
import { SettingsError } from '#platform/settings/read';
import { openStorage } from '#platform/storage/connect';
import { startAzurite } from '../emulators/stack/azurite.ts';
import { allCases } from './cases/index.ts';
import { loadCompanies } from './companies.ts';
import { reportLine, summary } from './report.ts';
import { type EvalResult, runCase } from './run.ts';

const usage = `Asks the experts questions whose right answers are known, and judges the answers.

  npm run eval              with the offline playbooks; all must pass
  npm run eval -- --live    with the model that the AZURE_OPENAI_* or OPENAI_* settings name
  npm run eval -- --only TEXT    only the cases whose name contains the text`;

interface Options {
  readonly live: boolean;
  readonly only: string;
  readonly help: boolean;
}

async function main(): Promise<void> {
  const { live, only, help } = readOptions();
  if (help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const model = live ? await liveModel() : offlineModel(offlinePlans);
  const azurite = await startAzurite({ port: 0 });
  try {
    const results = await evaluate(azurite.connectionString, model, only);
    process.stdout.write(`\n${summary(results)}\n`);
    if (results.length === 0 || results.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
  } finally {
    await azurite.stop();
  }
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: { live: { type: 'boolean' }, only: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  return { live: values.live ?? false, only: values.only?.toLowerCase() ?? '', help: values.help ?? false };
}

/** @throws SettingsError when no model is configured */
async function liveModel(): Promise<ChatModel> {
  const options = readModel(env);
  if (options.kind === 'offline') {
    throw new SettingsError(
      'No model is configured; set AZURE_OPENAI_ENDPOINT and AZURE_OPENAI_CHAT_DEPLOYMENT, or OPENAI_BASE_URL and OPENAI_CHAT_MODEL.',
    );
  }
  return (await openModels(options, offlinePlans)).chat;
}

async function evaluate(dataStorage: string, model: ChatModel, only: string): Promise<EvalResult[]> {
  const storage = await openStorage({ dataStorage });
  const companies = await loadCompanies(storage, 'evaluated');
  const results: EvalResult[] = [];
  for (const one of allCases(companies).filter(({ name }) => name.toLowerCase().includes(only))) {
    const result = await runCase(one, companies, storage, model);
    process.stdout.write(`${reportLine(result)}\n`);
    results.push(result);
  }
  return results;
}

await main().catch((error: unknown) => {
  const isPlain =
    error instanceof SettingsError ||
    error instanceof BusinessError ||
    (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
  process.stderr.write(`${isPlain && error instanceof Error ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
});
