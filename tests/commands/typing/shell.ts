import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Ended } from '../../support/run.ts';

export interface ShellOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** What the person types after the command; without it nobody is at the terminal. */
  readonly input?: string;
}

/** A command that goes on. */
export interface Running {
  /** Standard output and standard error so far. */
  output(): string;
  /** Resolves when the output matches; rejects when the command ends before it does. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<Ended>;
  /** Ctrl+C: the signal goes to everything that the terminal started. */
  interrupt(): Promise<Ended>;
}

/** Milliseconds that a command may take; the longest takes a minute on a slow machine. */
const longest = 240_000;
/** Milliseconds that a command gets to end after Ctrl+C. */
const timeoutMs = 20_000;

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

function follow(child: ChildProcess): Running {
  const watchers = new Set<() => void>();
  let output = '';
  let errors = '';
  const seen = (chunk: string) => {
    output += chunk;
    for (const watcher of watchers) {
      watcher();
    }
  };
  child.stdout?.setEncoding('utf8').on('data', seen);
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk;
    seen(chunk);
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output, errors }));
  return {
    output: () => output,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(output);
          if (match !== null) {
            resolve(match);
          }
        };
        watchers.add(look);
        void ended.then(() => reject(new Error(`It ended before ${pattern} was seen:\n${output}`)));
        look();
      }),
    ended,
    async interrupt() {
      signal(child, 'SIGINT');
      const timer = setTimeout(() => signal(child, 'SIGKILL'), timeoutMs);
      const how = await ended;
      clearTimeout(timer);
      return how;
    },
  };
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) {
    return;
  }
  try {
    process.kill(-child.pid, name);
  } catch {
    // all of it has ended already
  }
}
