import type { Environment } from '#platform/settings/read';
import { deployed } from '#shared/deployed';
import { writeNew } from '../gateway/deploy/template.ts';
import { explain } from '../scripts/command-line/explain.ts';
import { type Options, readOptions, usage } from './arguments.ts';
import { examine } from './checks/index.ts';
import { collectGateway } from './collect/gateway.ts';
import { collectLive } from './collect/live.ts';
import { collectModel } from './collect/model.ts';
import { collectSettings } from './collect/settings.ts';
import type { Evidence, Known } from './evidence.ts';
import { reportLines } from './report.ts';
import { settingsTemplate } from './settings-template.ts';

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    return await run(args);
  } catch (error) {
    const { text, exitCode } = explain(error);
    console.error(text);
    return exitCode;
  }
}

async function run(args: readonly string[]): Promise<number> {
  const options = readOptions(args, process.env);
  if (options === 'help') {
    console.log(usage);
    return 0;
  }
  if (options.init) {
    const file = options.settings ?? 'settings.json';
    writeNew(file, settingsTemplate());
    console.log(`${file} written; fill it in, then: npm run doctor -- --settings ${file}`);
    return 0;
  }
  const environment: Known<Environment> = options.onlyLive
    ? { missing: 'Only the running service was looked at.' }
    : collectSettings(options.settings, process.env);
  const evidence: Evidence = {
    environment,
    flexSettings: flexSettingsOf(options, environment),
    gateway: await collectGateway(),
    tools: deployed.tools,
    model: await collectModel(environment, options.askModel),
    live: await collectLive(options.live, environment),
  };
  const items = examine(evidence);
  for (const line of options.json ? [JSON.stringify(items, null, 2)] : reportLines(items)) {
    console.log(line);
  }
  return items.some(({ status }) => status === 'fail') ? 1 : 0;
}

/** Only what a file says was set by somebody; in a process there is also what the platform sets. */
function flexSettingsOf({ settings, plan }: Options, environment: Known<Environment>): Known<Environment> {
  if (plan !== 'flex') {
    return { missing: 'The plan is another one.' };
  }
  return settings === undefined ? { missing: 'No file with app settings was given.' } : environment;
}
