/** Columns where nobody says how many there are. */
const usualColumns = 80;

/** Whether a person watches a terminal whose lines can be drawn over: a file, a pipe and CI keep what is written. */
export function isWatched(output: NodeJS.WriteStream): boolean {
  return output.isTTY === true && !process.env.CI && process.env.TERM !== 'dumb';
}

/** Columns that a line may take. In the last one some terminals begin the next line. */
export function roomIn(output: NodeJS.WriteStream): number {
  return (output.columns || usualColumns) - 1;
}

/** What is one column wide everywhere: Latin, punctuation, blocks of a bar. */
const narrow = /[ -\u02ff\u2010-\u2027\u2500-\u259f]/;

/** Columns that a text takes at most: what is not known to be narrow may be two wide. */
export function columnsOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (narrow.test(character) ? 1 : 2), 0);
}

/**
 * Writes a line that the next one is drawn over. One that does not fit cannot be drawn over without a rest, and is not cut
 * off: it stays.
 */
export function writeOver(output: NodeJS.WriteStream, line: string): void {
  output.write(`\u001b[2K${line}${columnsOf(line) > roomIn(output) ? '\n' : '\r'}`);
}

/** Takes away what was written to be drawn over. */
export function clearLine(output: NodeJS.WriteStream): void {
  output.write('\u001b[2K');
}
