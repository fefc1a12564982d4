import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Milliseconds to a clock tick in `/proc`, the same on every Linux that programs see (USER_HZ). */
const tick = 10;

/** Milliseconds of CPU time that a process has taken so far, in all its threads. */
export async function cpuTime(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) {
    const { stdout } = await run('ps', ['-o', 'time=', '-p', String(pid)]);
    return millisecondsOf(stdout.trim());
  }
  // the name of the program is in brackets and may hold blanks; utime and stime are the 12th and 13th after it
  const [user = '0', system = '0'] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return (Number(user) + Number(system)) * tick;
}

/** @param text `hours:minutes:seconds`, where the first may be missing and the last may have a fraction */
export function millisecondsOf(text: string): number {
  return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1_000;
}
