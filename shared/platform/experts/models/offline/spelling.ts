/** Words shorter than this are too close to others to be corrected. */
const shortest = 4;

/** How many letters may be wrong: more in longer words. */
function tolerance(word: string): number {
  return word.length < 7 ? 1 : 2;
}

/** Insertions, deletions, replacements and swaps of neighbours between two words (optimal string alignment). */
export function distance(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, place) => place)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      }
      row.push(least);
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}

/** Whether somebody who typed `typed` may have meant `word`. */
export function isTypoOf(typed: string, word: string): boolean {
  return (
    typed.length >= shortest &&
    word.length >= shortest &&
    Math.abs(typed.length - word.length) <= tolerance(word) &&
    typed[0] === word[0] &&
    distance(typed, word) <= tolerance(word)
  );
}

/**
 * A text whose words are those of a vocabulary where they were nearly so.
 * @param kept words that are left as they are, such as names
 */
export function corrected(text: string, vocabulary: ReadonlySet<string>, kept: ReadonlySet<string>): string {
  return text.replace(/(?<![\p{L}\d@.+-])\p{L}{4,}(?![\p{L}\d@])/gu, (word) => {
    const plain = word.toLowerCase();
    if (vocabulary.has(plain) || kept.has(plain) || (word !== plain && word !== word.toUpperCase())) {
      return word;
    }
    const near = [...vocabulary].filter((known) => isTypoOf(plain, known));
    return near.toSorted((a, b) => distance(plain, a) - distance(plain, b))[0] ?? word;
  });
}
