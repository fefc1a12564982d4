import { createInterface } from 'node:readline/promises';
import { visible } from '#platform/format-controls';

/** Asks the person at the terminal; anything but yes is no. */
export async function askUser(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${visible(question)} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
