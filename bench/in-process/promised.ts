import type { Operation } from '../subjects/messages.ts';
import type { ContenderKey } from './contenders.ts';

/** What is promised of each operation against a peer, in times. */
export const promised: readonly (readonly [ContenderKey, Operation, number])[] = [
  ['tmcp', 'tools/call', 1.2],
  ['usual-2x', 'tools/call', 2.4],
  ['tmcp', 'tools/list', 20],
  ['usual-2x', 'tools/list', 10],
];

/** Whether a promise needs it to be measured: our own, or whom we are compared with. */
export function isPromised(contender: ContenderKey): boolean {
  return contender === 'verified' || promised.some(([peer]) => peer === contender);
}
