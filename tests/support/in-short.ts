import { stripVTControlCharacters } from 'node:util';

/** Lines at the end that are kept, and characters of each. */
const [lastLines, widest] = [8, 300];

/**
 * What went wrong, for a list of everything that did: the first line that says something and, of a message that holds
 * what a command printed, its last ones, in which a command says why it failed.
 */
export function inShort(error: unknown): string {
  const message = error instanceof Object && 'message' in error ? String(error.message) : String(error);
  const [first = 'it has no message', ...others] = stripVTControlCharacters(message)
    .split('\n')
    .map((line) => line.trim().slice(0, widest))
    .filter((line) => line !== '');
  const leftOut = others.length > lastLines ? ['…'] : [];
  return [first, ...leftOut, ...others.slice(-lastLines)].join('\n  ');
}
