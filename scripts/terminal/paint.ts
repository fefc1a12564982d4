import { isWatched } from './screen.ts';

/** What a piece of text says beyond its words. */
export type Tone = 'good' | 'warning' | 'bad' | 'strong' | 'faint';

const codes: Readonly<Record<Tone, number>> = { good: 32, warning: 33, bad: 31, strong: 1, faint: 2 };

/** Colours a text where it is shown. */
export type Paint = (tone: Tone, text: string) => string;

/**
 * Colours where a person watches in colour: not in a file, a pipe or CI, and not with NO_COLOR or TERM=dumb, which Node
 * takes into account.
 */
export function paintFor(output: NodeJS.WriteStream): Paint {
  const colours = isWatched(output) && output.hasColors();
  return (tone, text) => (colours ? `\u001b[${codes[tone]}m${text}\u001b[0m` : text);
}
