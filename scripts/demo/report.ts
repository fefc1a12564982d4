import { visible } from '#platform/format-controls';
import { paintFor } from '../terminal/paint.ts';

const paint = paintFor(process.stdout);

/** Prints what happens and counts what was not as it must be. */
export class Report {
  #failures = 0;

  get failures(): number {
    return this.#failures;
  }

  heading(text: string): void {
    console.log(`\n${paint('strong', text)}`);
  }

  scene(text: string): void {
    console.log(`\n  ${paint('faint', text)}`);
  }

  /** Something that was done or seen. */
  say(text: string): void {
    console.log(`  ${visible(text)}`);
  }

  /** A claim that must hold; the demo fails when one does not. */
  check(claim: string, holds: boolean): void {
    if (!holds) {
      this.#failures += 1;
    }
    console.log(`  ${holds ? paint('good', '✔') : paint('bad', '✘')} ${visible(claim)}`);
  }
}
