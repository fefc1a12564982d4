import path from 'node:path';
import { env } from 'node:process';
import { contoso } from '#contoso/business';
import { offlinePlans } from '#contoso/experts/offline/plans/index';
import { businessTools } from '#contoso/tools/index';
import { dayOf } from '#platform/dates';
import { offlineModel } from '#platform/experts/models/offline/offline-model';
import { openModels } from '#platform/experts/models/open-models';
import type { ChatModel } from '#platform/experts/ports';
import { toolSpec } from '#platform/experts/tool-specs';
import { readModel } from '#platform/settings/model';
import { SettingsError } from '#platform/settings/read';
import { openStorage } from '#platform/storage/connect';
import { createLogger } from '#platform/telemetry/log';
import { startAzurite } from '../emulators/stack/azurite.ts';
import { runCommand } from '../scripts/command-line/run-command.ts';
import { UsageError } from '../scripts/command-line/usage-error.ts';
import { allCases } from './cases/index.ts';
import { evalNow, loadCompanies } from './companies.ts';
import { type Choice, choiceSummary, choices } from './descriptions/run.ts';
import { allQuestions, type Part, parts, questionsOf } from './questions/index.ts';
import { type QuestionResult, questionLines, questionSummary, runQuestion } from './questions/run.ts';
import { reportLine, summary } from './report.ts';
import { readReport, reportsDir, writeReport } from './reports/files.ts';
import { comparisonOf } from './reports/markdown.ts';
import { reportOf } from './reports/model-report.ts';
import { type EvalResult, runCase } from './run.ts';

const usage = `Asks the experts questions whose right answers are known, and judges the answers.

  npm run eval              with the offline playbooks; all must pass
  npm run eval -- --live    with the model that the AZURE_OPENAI_* or OPENAI_* settings name
  npm run eval -- --only TEXT    only the cases whose name contains the text
  npm run eval -- --questions tune        questions in anybody's words, judged by the facts of the answers
  npm run eval -- --questions held-out    those that the plans were not improved on
  npm run eval -- --live --descriptions   which tool the model calls first, by the descriptions of the tools alone
  npm run eval -- --live --reports DIR    where the report goes, as Markdown and JSON; .local/evals unless said
  npm run eval -- --compare A.json B.json    two reports side by side`;

const options = {
  live: { type: 'boolean', default: false },
  only: { type: 'string', default: '' },
  questions: { type: 'string' },
  reports: { type: 'string', default: reportsDir },
  compare: { type: 'boolean', default: false },
  descriptions: { type: 'boolean', default: false },
} as const;

await runCommand({ usage, options, words: 'reports' }, async (given, files) => {
  const { live, questions, reports } = given;
  const only = given.only.toLowerCase();
  if (given.compare !== files.length > 0 || (given.compare && files.length !== 2)) {
    throw new UsageError('--compare takes two JSON files that --live wrote, and nothing else takes files.');
  }
  const [one, other] = files;
  if (one !== undefined && other !== undefined) {
    process.stdout.write(comparisonOf(await readReport(one), await readReport(other)));
    return 0;
  }
  if (given.descriptions) {
    if (!live) {
      throw new UsageError('--descriptions asks a language model; add --live.');
    }
    return await chooseTools(await liveModel(), only);
  }
  const model = live ? await liveModel() : offlineModel(offlinePlans);
  const part = parts.find((one) => one === questions);
  if (questions !== undefined && part === undefined) {
    throw new UsageError(`--questions takes ${parts.join(' or ')}.`);
  }
  const azurite = await startAzurite({ port: 0 });
  try {
    // a model is asked both, so that its report has both; cases that are picked by their names are asked alone
    const asked =
      (live && only === '') || part !== undefined
        ? await askQuestions(azurite.connectionString, model, part ?? 'held-out', only)
        : [];
    const results = part === undefined ? await evaluate(azurite.connectionString, model, only) : [];
    if (live && asked.length + results.length > 0) {
      const file = await writeReport(reportOf(asked, results, new Date().toISOString()), reports);
      process.stdout.write(`\nThe report is ${path.relative('', file)}, and beside it as Markdown.\n`);
    }
    if (part !== undefined) {
      return 0;
    }
    if (results.length === 0) {
      throw new UsageError(`No case has "${only}" in its name.`);
    }
    process.stdout.write(`\n${summary(results)}\n`);
    return results.some(({ problems }) => problems.length > 0) ? 1 : 0;
  } finally {
    await azurite.stop();
  }
});

async function chooseTools(model: ChatModel, only: string): Promise<number> {
  const made: Choice[] = [];
  for await (const choice of choices(model, businessTools.map(toolSpec), { today: dayOf(evalNow), only })) {
    made.push(choice);
  }
  process.stdout.write(`${choiceSummary(made)}\n`);
  return 0;
}

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
      contoso.offlinePlans,
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

/** Says of each question what came, and of all how many were right; how good is enough is for a person to say. */
async function askQuestions(
  dataStorage: string,
  model: ChatModel,
  part: Part,
  only: string,
): Promise<QuestionResult[]> {
  const storage = await openStorage({ dataStorage });
  const companies = await loadCompanies(storage, 'asked');
  const questions = questionsOf(part, allQuestions(companies.contoso, dayOf(evalNow)));
  const results: QuestionResult[] = [];
  for (const one of questions.filter(({ turns }) => turns.join(' / ').toLowerCase().includes(only))) {
    const result = await runQuestion(one, companies, storage, model);
    process.stdout.write(`${questionLines(result)}\n`);
    results.push(result);
  }
  if (results.length > 0) {
    process.stdout.write(`\n${questionSummary(results)}\n\n`);
  }
  return results;
}
