import { spawn } from 'node:child_process';
import type { Ended } from '../../support/run.ts';

import { follow, type Running } from './running.ts';

export interface ShellOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** What the person types after the command; without it nobody is at the terminal. */
  readonly input?: string;
}

/** Milliseconds that a command may take; the longest takes a minute on a slow machine, and more on a busy one. */
const longest = 480_000;

/**
 * A terminal in a folder, of a person who has set nothing: of the environment of the tests only what any program needs
 * is left.
 */
export class Shell {
  readonly #dir: string;
  readonly #started = new Set<Running>();

  constructor(dir: string) {
    this.#dir = dir;
  }

  async run(script: string, options: ShellOptions = {}): Promise<Ended> {
    return await this.end(this.start(script, options));
  }

  /** @throws Error when it takes longer than any of them should */
  async end(running: Running): Promise<Ended> {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      void running.interrupt();
    }, longest);
    const ended = await running.ended;
    clearTimeout(timer);
    if (late) {
      throw new Error(`It did not end by itself:\n${ended.output}`);
    }
    return ended;
  }

  start(script: string, { env = {}, input }: ShellOptions = {}): Running {
    const child = spawn('sh', ['-c', script], {
      cwd: this.#dir,
      env: { ...plain(), ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
      // a group of its own, so that a signal reaches all of it
      detached: true,
    });
    // what ends without reading is no failure of whoever typed
    child.stdin?.on('error', () => {});
    child.stdin?.end(input ?? '');
    const running = follow(child);
    this.#started.add(running);
    void running.ended.then(() => this.#started.delete(running));
    return running;
  }

  /** Ends what still runs. */
  async close(): Promise<void> {
    await Promise.all([...this.#started].map((running) => running.interrupt()));
  }
}

function plain(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'LANG'];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}
