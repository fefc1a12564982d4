import { type ParseArgsConfig, parseArgs } from 'node:util';
import { explain } from './explain.ts';
import { parsed } from './parsed.ts';

type OptionsConfig = NonNullable<ParseArgsConfig['options']>;
type Values<Options extends OptionsConfig> = ReturnType<
  typeof parseArgs<{ options: Options & { help: { type: 'boolean'; short: 'h' } } }>
>['values'];

export interface Command<Options extends OptionsConfig> {
  /** What `--help` prints. */
  readonly usage: string;
  /** All but `--help`. */
  readonly options: Options;
  /** What the words without dashes name; a command without it takes none. */
  readonly words?: string;
}

/**
 * Runs a command of this project. `--help` prints the usage and does nothing; what is thrown becomes a sentence and an
 * exit code, 2 when the command line is wrong. A command that needs much imports it in `run`, so that its help, and what
 * is wrong with a command line, are there at once.
 * @param run gives the exit code when it is not 0
 */
export async function runCommand<const Options extends OptionsConfig>(
  { usage, options, words }: Command<Options>,
  run: (values: Values<Options>, words: readonly string[]) => Promise<number | undefined> | Promise<void>,
): Promise<void> {
  try {
    const all = { ...options, help: { type: 'boolean', short: 'h' } } as const;
    const { values: given, positionals } = parsed(() =>
      parseArgs({ options: all, allowPositionals: words !== undefined }),
    );
    const values = given as Values<Options>;
    if ('help' in values && values.help) {
      console.log(usage);
    } else {
      process.exitCode = (await run(values, positionals)) ?? 0;
    }
  } catch (error) {
    const { text, exitCode } = explain(error);
    console.error(text);
    process.exitCode = exitCode;
  }
}
