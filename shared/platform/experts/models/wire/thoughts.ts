import type { ToolRequest } from '../../ports.ts';
import type { OutputItem } from './response-items.ts';

/** A thought as it goes back: encrypted, so that nobody but the model's server can read it. */
export interface EncryptedThought {
  readonly type: 'reasoning';
  readonly id: string;
  readonly summary: never[];
  readonly encrypted_content: string;
}

/**
 * What a model thought before its calls, to be sent back with their results: nothing is stored at the server, and a
 * model that reasons goes on from there. Kept beside the calls and as long as they live, so that nothing else of this
 * service can show, log or store it; a conversation that goes on in another process does without.
 */
export class Thoughts {
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
}
