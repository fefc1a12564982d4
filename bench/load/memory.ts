import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Resident memory of a process in mebibytes. */
export async function residentMemory(pid: number): Promise<number> {
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) / 1_024;
}

/** Watches a process and keeps the highest value. */
export class MemoryWatch {
  readonly #timer: NodeJS.Timeout;
  #peak = 0;

  constructor(pid: number, everyMs = 250) {
    const look = () =>
      void residentMemory(pid).then(
        (now) => this.#note(now),
        () => {},
      );
    this.#timer = setInterval(look, everyMs);
  }

  /** Ends the watch. @returns the most that was seen, in mebibytes */
  stop(): number {
    clearInterval(this.#timer);
    return this.#peak;
  }

  #note(now: number): void {
    this.#peak = Math.max(this.#peak, now);
  }
}
