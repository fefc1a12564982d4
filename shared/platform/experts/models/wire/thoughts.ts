import * as z from 'zod';
import type { ModelTurn, ToolRequest, TurnMemory } from '../../ports.ts';
import type { OutputItem } from './response-items.ts';

const encryptedThought = z.object({
  type: z.literal('reasoning'),
  id: z.string(),
  summary: z.array(z.never()),
  encrypted_content: z.string(),
});

/** A thought as it goes back: encrypted, so that nobody but the model's server can read it. */
export type EncryptedThought = z.infer<typeof encryptedThought>;

/** For each call of a turn, in their order. */
const thoughtsOfTurn = z.array(z.array(encryptedThought));

/**
 * What a model thought before its calls, to be sent back with their results: nothing is stored at the server, and a
 * model that reasons goes on from there. Kept beside the calls and as long as they live, so that nothing else of this
 * service can show or log it. Only the journal of a long question asks for it, to give it back in the next step.
 */
export class Thoughts implements TurnMemory {
  readonly #before = new WeakMap<ToolRequest, readonly EncryptedThought[]>();

  /** @param calls those of `output`, in its order */
  keep(output: readonly OutputItem[], calls: readonly ToolRequest[]): void {
    let place = 0;
    let thoughts: EncryptedThought[] = [];
    for (const one of output) {
      if (one.type === 'reasoning' && one.id !== '' && one.encrypted_content !== '') {
        const { id, encrypted_content } = one;
        thoughts.push({ type: 'reasoning', id, summary: [], encrypted_content });
      } else if (one.type === 'function_call') {
        const call = calls[place];
        if (call !== undefined && thoughts.length > 0) {
          this.#before.set(call, thoughts);
        }
        place += 1;
        thoughts = [];
      }
    }
  }

  before(call: ToolRequest): readonly EncryptedThought[] {
    return this.#before.get(call) ?? [];
  }

  of({ calls }: ModelTurn): unknown {
    const kept = calls.map((call) => this.before(call));
    return kept.some((thoughts) => thoughts.length > 0) ? kept : undefined;
  }

  restore({ calls }: ModelTurn, kept: unknown): void {
    const { data = [] } = thoughtsOfTurn.safeParse(kept);
    for (const [place, call] of calls.entries()) {
      const thoughts = data[place] ?? [];
      if (thoughts.length > 0) {
        this.#before.set(call, thoughts);
      }
    }
  }
}
