/**
 * What a document writes before a command that cannot be run on any machine. There are these two, and a new one would
 * have to be argued for: whatever has no mark is run by a test.
 */
export const marks = ['**Needs Azure.**', '**Needs the client.**'] as const;

export type Mark = (typeof marks)[number];

export const markIn = (text: string): Mark | undefined => marks.find((mark) => text.includes(mark));

/** Programs that each mark is for. Ours needs a reason, which `commands.test.ts` lists. */
export const programsOf: Readonly<Record<Mark, readonly string[]>> = {
  '**Needs Azure.**': ['az', 'azd', 'func', 'cd', 'openssl'],
  '**Needs the client.**': ['claude'],
};
