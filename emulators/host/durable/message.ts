import { newId } from './record.ts';

/** What a client tells an instance. Kept in storage until the instance has taken it in. */
export type Message =
  | { readonly kind: 'event'; readonly name: string; readonly input: string }
  | { readonly kind: 'terminate' | 'suspend' | 'resume'; readonly reason: string | null };

export interface StoredMessage {
  readonly id: string;
  readonly instanceId: string;
  /** Of the instance that the message is for: not for another one that has the id by then. */
  readonly incarnation: string;
  readonly message: Message;
}

let previous = 0;

/** Ids sort by the time they were made; those of one process strictly. */
export function newMessageId(now: Date): string {
  // Microseconds that no clock gave: they keep messages of the same millisecond in order.
  previous = Math.max(previous + 1, now.getTime() * 1000);
  return `${String(previous).padStart(17, '0')}-${newId()}`;
}
