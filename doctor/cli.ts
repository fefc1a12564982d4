import { explain } from '../scripts/command-line/explain.ts';
import { readOptions, usage } from './arguments.ts';

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
    const { writeNew } = await import('../gateway/deploy/template.ts');
    const { settingsTemplate } = await import('./settings-template.ts');
    const file = options.settings ?? 'settings.json';
    writeNew(file, settingsTemplate());
    console.log(`${file} written; fill it in, then: npm run doctor -- --settings ${file}`);
    return 0;
  }
  const { examination } = await import('./examination.ts');
  return await examination(options);
}
