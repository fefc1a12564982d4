import { explain } from '../../scripts/command-line/explain.ts';
import { durableExtension } from './durable/extension.ts';
import { HELP, parseOptions } from './options.ts';
import { runHost } from './run.ts';

try {
  await main();
} catch (error) {
  const { text, exitCode } = explain(error);
  console.error(text);
  process.exit(exitCode);
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === 'help') {
    console.log(HELP);
    return;
  }
  await runHost({ ...options, extensions: [durableExtension({ strict: options.strict ?? false })] });
}
