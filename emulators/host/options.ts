import { parseArgs } from 'node:util';
import { parsed } from '../../scripts/command-line/parsed.ts';
import { UsageError } from '../../scripts/command-line/usage-error.ts';
import type { HostOptions } from './host.ts';

export const HELP = `Runs an Azure Functions app (Node, programming model v4) on this machine.

Usage: npm run host -- [options]

  --dir, --script-root <folder>   the app's folder (default: the current one)
  --port <number>                 where to listen; 0 picks a free port
                                  (default: Host.LocalHttpPort of local.settings.json, or 7071)
  --address <address>             default 127.0.0.1: reachable from this machine only
  --cors <origins>                comma-separated origins that browsers may call from, or *
  --enable-auth                   check function keys, as Azure does
  --key <key>                     the function key for --enable-auth (default: a new one, printed)
  --master-key <key>              the master key for --enable-auth (default: a new one, printed)
  --strict                        behave as the cloud where it hangs or garbles, instead of failing fast
  --drain <seconds>               how long open calls go on after SIGTERM before they are cut and the app is told
                                  (default: the app is told first; with --strict 30, as in the cloud)
  --inactivity-limit <seconds>    how long a streamed answer may be silent (default 240, as in the cloud)
  --help                          this text
`;

/**
 * What the command line asks for; 'help' when it asks for the help text.
 * @throws UsageError for an option or a value that does not exist
 */
export function parseOptions(args: readonly string[]): HostOptions | 'help' {
  const values = parse(args);
  if (values.help) {
    return 'help';
  }
  if ((values.key !== undefined || values['master-key'] !== undefined) && !values['enable-auth']) {
    throw new UsageError(
      '--key and --master-key have no effect without --enable-auth: add it, or leave them out.',
    );
  }
  const drain = number('--drain', values.drain, 0, 3_600);
  const inactivity = number('--inactivity-limit', values['inactivity-limit'], 1, 86_400);
  return {
    dir: values.dir ?? values['script-root'] ?? process.cwd(),
    port: number('--port', values.port, 0, 65_535),
    address: values.address,
    cors: values.cors,
    enableAuth: values['enable-auth'],
    key: values.key,
    masterKey: values['master-key'],
    strict: values.strict,
    drain: drain === undefined ? undefined : drain * 1000,
    inactivityLimit: inactivity === undefined ? undefined : inactivity * 1000,
  };
}

function parse(args: readonly string[]) {
  return parsed(
    () =>
      parseArgs({
        args: [...args],
        options: {
          dir: { type: 'string' },
          'script-root': { type: 'string' },
          port: { type: 'string', short: 'p' },
          address: { type: 'string' },
          cors: { type: 'string' },
          'enable-auth': { type: 'boolean' },
          key: { type: 'string' },
          'master-key': { type: 'string' },
          strict: { type: 'boolean' },
          drain: { type: 'string' },
          'inactivity-limit': { type: 'string' },
          help: { type: 'boolean', short: 'h' },
        },
      }).values,
  );
}

function number(option: string, text: string | undefined, min: number, max: number): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < min || value > max) {
    throw new UsageError(`${option} is "${text}", and must be a whole number from ${min} to ${max}.`);
  }
  return value;
}
