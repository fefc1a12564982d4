import { expect } from 'vitest';
import { documented } from '../../docs/reading/commands.ts';
import type { Ended } from '../../support/run.ts';
import type { Copy } from './copy.ts';
import type { Running } from './running.ts';
import type { Shell, ShellOptions } from './shell.ts';

/** How a documented command is run, and what the documents say about it. */
export interface Entry {
  /** As the document has it, without what is before or after `&&`. */
  readonly command: string;
  /** It is typed beside a running stack, in another terminal. */
  readonly besideStack?: boolean;
  check(typed: TypedCommand, place: Place): Promise<void>;
}

/** A clone, and what the commands that were typed in it have left behind. */
export interface Place {
  readonly copy: Copy;
  readonly shell: Shell;
  /** The stack, once `npm start` was typed. */
  stack?: Running;
  /** Port of its gateway; the documents have the default one. */
  port: string;
  conversation: string;
}

/** What is different when a test types it. The command itself stays. */
export interface Changes extends ShellOptions {
  /** Placeholders and addresses of the document, and what stands for them here. */
  readonly instead?: Readonly<Record<string, string>>;
  /** More options, for a free port or a shorter run. */
  readonly options?: string;
}

export interface TypedCommand {
  run(changes?: Changes): Promise<Ended>;
  /** For a command that goes on. */
  start(changes?: Changes): Running;
}

/** Types the command of an entry. */
class Typist implements TypedCommand {
  typed = false;
  readonly #command: string;
  readonly #shell: Shell;

  constructor(command: string, shell: Shell) {
    this.#command = command;
    this.#shell = shell;
  }

  async run(changes: Changes = {}): Promise<Ended> {
    return await this.#shell.end(this.start(changes));
  }

  start({ instead = {}, options, ...rest }: Changes = {}): Running {
    let script = documented(this.#command);
    for (const [text, replacement] of Object.entries(instead)) {
      if (!script.includes(text)) {
        throw new Error(`"${text}" is not in "${script}".`);
      }
      script = script.replaceAll(text, replacement);
    }
    this.typed = true;
    return this.#shell.start(options === undefined ? script : `${script} ${options}`, rest);
  }
}

/** Does what an entry says, and sees to it that the command was typed. */
export async function follow({ command, check }: Entry, place: Place): Promise<void> {
  const typist = new Typist(command, place.shell);
  await check(typist, place);
  expect(typist.typed, 'the command was run').toBe(true);
}

/** Runs the command, and expects that it ends well. */
export async function expectDone(typed: TypedCommand, changes?: Changes): Promise<string> {
  const { code, output } = await typed.run(changes);
  expect(code, output).toBe(0);
  return output;
}
