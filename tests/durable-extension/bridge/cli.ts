import { parseOptions } from '#emulators/host/options';
import { runHost } from '#emulators/host/run';
import { explain } from '#scripts/command-line/explain';
import { bridgeExtension } from './extension.ts';

/**
 * The local host, with the Durable extension of Azure in the place of the local engine. Options as the local host;
 * DURABLE_BRIDGE_PORT says where the extension's own process reaches the functions.
 */
try {
  const options = parseOptions(process.argv.slice(2));
  if (options === 'help') {
    throw new Error('It is started by tests alone.');
  }
  const port = Number(process.env.DURABLE_BRIDGE_PORT);
  await runHost({ ...options, extensions: [bridgeExtension({ dir: options.dir, port })] });
} catch (error) {
  const { text, exitCode } = explain(error);
  console.error(text);
  process.exit(exitCode);
}
