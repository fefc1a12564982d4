import { env } from 'node:process';
import { offlinePlans } from '#contoso/experts/offline/plans';
import { offlineModel } from '#platform/experts/models/offline/offline-model';
import { openModels } from '#platform/experts/models/open-models';
import type { ChatModel } from '#platform/experts/ports';
import { readModel } from '#platform/settings/model';
import { SettingsError } from '#platform/settings/read';
import { openStorage } from '#platform/storage/connect';
import { createLogger } from '#platform/telemetry/log';
import { startAzurite } from '../emulators/stack/azurite.ts';
import { runCommand } from '../scripts/command-line/run-command.ts';
import { UsageError } from '../scripts/command-line/usage-error.ts';
import { allCases } from './cases/index.ts';
import { loadCompanies } from './companies.ts';
import { reportLine, summary } from './report.ts';
import { type EvalResult, runCase } from './run.ts';

const usage = `Asks the experts questions whose right answers are known, and judges the answers.

  npm run eval              with the offline playbooks; all must pass
  npm run eval -- --live    with the model that the AZURE_OPENAI_* or OPENAI_* settings name
  npm run eval -- --only TEXT    only the cases whose name contains the text`;

const options = { live: { type: 'boolean', default: false }, only: { type: 'string', default: '' } } as const;

await runCommand({ usage, options }, async ({ live, only }) => {
  const model = live ? await liveModel() : offlineModel(offlinePlans);
  const azurite = await startAzurite({ port: 0 });
  try {
    const results = await evaluate(azurite.connectionString, model, only.toLowerCase());
    if (results.length === 0) {
      throw new UsageError(`No case has "${only}" in its name.`);
    }
    process.stdout.write(`\n${summary(results)}\n`);
    return results.some(({ problems }) => problems.length > 0) ? 1 : 0;
  } finally {
    await azurite.stop();
  }
});

/** @throws SettingsError when no model is configured */
async function liveModel(): Promise<ChatModel> {
  const options = readModel(env);
  if (options.kind === 'offline') {
    throw new SettingsError(
      'No model is configured; set AZURE_OPENAI_ENDPOINT and AZURE_OPENAI_CHAT_DEPLOYMENT, or OPENAI_BASE_URL and OPENAI_CHAT_MODEL.',
    );
  }
  const toErrors = (line: string) => process.stderr.write(`${line}\n`);
  return (
    await openModels(
      options,
      offlinePlans,
      createLogger('warn', () => new Date(), toErrors),
    )
  ).chat;
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
