import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { startCommand } from '../../docs/commands/stack.ts';
import type { Copy } from './copy.ts';
import { type Entry, follow, type Place } from './entry.ts';
import type { Lane } from './lane.ts';
import { Shell } from './shell.ts';

/** What is typed, and by which name the outcome is asked for. */
export interface Step {
  readonly name: string;
  readonly entry: Entry;
}

/** What is looked at in the end. */
export const lastNames = (steps: readonly Step[]) =>
  [
    `after ${steps.at(-1)?.name}: Ctrl+C stops everything`,
    `after ${steps.at(-1)?.name}: what is generated and formatted is as it was`,
  ] as const;

/** Types the steps in a clone, one after the other, beside a stack once one of them asks for it. */
export class PageLane {
  readonly #place: Place;
  readonly #lane: Lane;

  /** @param lane where to wait for what is typed elsewhere */
  constructor(steps: readonly Step[], copy: Copy, lane: Lane) {
    this.#place = { copy, shell: new Shell(copy.dir), port: '', conversation: '' };
    this.#lane = lane;
    for (const { name, entry } of steps) {
      lane.add(name, () => this.#type(entry));
    }
    const [stopped, unchanged] = lastNames(steps);
    lane.add(stopped, () => this.#interrupt());
    lane.add(unchanged, async () => expect(copy.changed()).toEqual([]));
  }

  outcomeOf(name: string): Promise<void> {
    return this.#lane.outcomeOf(name);
  }

  async close(): Promise<void> {
    await this.#place.shell.close();
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
