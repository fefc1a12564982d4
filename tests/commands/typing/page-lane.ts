import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { startCommand } from '../../docs/commands/stack.ts';
import type { Copy } from './copy.ts';
import { type Entry, follow, type Place } from './entry.ts';
import { Lane } from './lane.ts';
import { Shell } from './shell.ts';

/** What is typed, and by which name the outcome is asked for. */
export interface Step {
  readonly name: string;
  readonly entry: Entry;
}

/** What is looked at after a page, and after the last one of its clone. */
export const lastNames = (steps: readonly Step[]) =>
  [
    `after ${steps.at(-1)?.name}: what is generated and formatted is as it was`,
    `after ${steps.at(-1)?.name}: Ctrl+C stops everything`,
  ] as const;

/**
 * Types pages in a clone, one after the other, beside a stack once one of them asks for it. The stack is that of all
 * pages of the clone, because a start takes longer than most pages do.
 */
export class PageLane {
  readonly #place: Place;
  readonly #lane = new Lane();
  #stopped: Promise<void> | undefined;

  constructor(copy: Copy, pages: readonly (readonly Step[])[]) {
    this.#place = { copy, shell: new Shell(copy.dir), port: '', conversation: '' };
    for (const steps of pages) {
      for (const { name, entry } of steps) {
        this.#lane.add(name, () => this.#type(entry));
      }
      const [unchanged] = lastNames(steps);
      this.#lane.add(unchanged, async () => expect(copy.changed()).toEqual([]));
    }
    for (const [, stopped] of pages.map(lastNames)) {
      this.#lane.add(stopped, () => (this.#stopped ??= this.#interrupt()));
    }
  }

  outcomeOf(name: string): Promise<void> {
    return this.#lane.outcomeOf(name);
  }

  /** Ends what still runs, and removes the clone. */
  async close(): Promise<void> {
    await this.#place.shell.close();
    this.#place.copy.remove();
  }

  async #type(entry: Entry): Promise<void> {
    if (entry.besideStack && this.#place.stack === undefined) {
      await follow(startCommand, this.#place);
    }
    await follow(entry, this.#place);
  }

  async #interrupt(): Promise<void> {
    const { copy, stack, port } = this.#place;
    if (stack === undefined) {
      return;
    }
    const state = path.join(copy.dir, '.local/stack.json');
    expect(existsSync(state)).toBe(true);
    await stack.interrupt();
    expect(existsSync(state)).toBe(false);
    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
  }
}
