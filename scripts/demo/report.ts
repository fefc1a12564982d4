const colours = process.stdout.isTTY === true;
const paint = (code: number, text: string) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);

/** Prints what happens and counts what was not as it must be. */
export class Report {
  #failures = 0;

  get failures(): number {
    return this.#failures;
  }

  heading(text: string): void {
    console.log(`\n${paint(1, text)}`);
  }

  scene(text: string): void {
    console.log(`\n  ${paint(2, text)}`);
  }

  /** Something that was done or seen. */
  say(text: string): void {
    console.log(`  ${text}`);
  }

  /** A claim that must hold; the demo fails when one does not. */
  check(claim: string, holds: boolean): void {
    if (!holds) this.#failures += 1;
    console.log(`  ${holds ? paint(32, '✔') : paint(31, '✘')} ${claim}`);
  }
}
