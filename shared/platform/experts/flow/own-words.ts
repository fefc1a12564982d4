/** What a person quotes or pastes: between quotation marks of any language, in code, behind `>`, or after somebody “wrote”. */
const quotations = [
  /```[\s\S]*?(?:```|$)/g,
  /^\s*>.*$/gm,
  /[“„][^“”„]*[”“]/g,
  /«[^»]*»|»[^«]*«/g,
  /「[^」]*」|『[^』]*』/g,
  /(?<![\p{L}\p{N}])"[^"]*"/gu,
  /(?<![\p{L}\p{N}])['‘][^'’‘\n]*['’](?![\p{L}\p{N}])/gu,
  /`[^`\n]+`/g,
  /^[ \t]*(?:system|assistant|tool|developer|from|subject)[ \t]*:.*$/gim,
];

export interface Spoken {
  /** What is left without all that was quoted. */
  readonly own: string;
  /** What was quoted; empty when nothing was. */
  readonly quoted: string;
}

/** Tells what a person says in a question from what the person only passes on: that somebody else has written. */
export function spoken(question: string): Spoken {
  const quoted: string[] = [];
  const own = quotations.reduce(
    (text, pattern) =>
      text.replace(pattern, (found) => {
        quoted.push(found);
        return ' … ';
      }),
    question,
  );
  return { own, quoted: quoted.join('\n') };
}
