import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Ended } from '../../support/run.ts';

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
/** Milliseconds that a command gets to end after Ctrl+C. */
const timeoutMs = 60_000;

export function follow(child: ChildProcess): Running {
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
