import { type Difference, differences } from './differences.ts';
import type { Pin, Pins } from './pin.ts';

/** What has become of one pin. */
export interface PinChange {
  readonly id: string;
  /** Undefined when it is new. */
  readonly before: Pin | undefined;
  /** Undefined when it is gone. */
  readonly after: Pin | undefined;
  /** Empty when it is new or gone. */
  readonly differences: readonly Difference[];
}

/** The pins that are not what they were. */
export function changesBetween(before: Pins, after: Pins): readonly PinChange[] {
  const ids = new Set([...before.keys(), ...after.keys()]);
  return [...ids].flatMap((id) => {
    const change = changeOf(id, before.get(id), after.get(id));
    return change === undefined ? [] : [change];
  });
}

function changeOf(id: string, before: Pin | undefined, after: Pin | undefined): PinChange | undefined {
  if (before === undefined || after === undefined) {
    return { id, before, after, differences: [] };
  }
  const found = differences(before.content, after.content);
  return found.length === 0 ? undefined : { id, before, after, differences: found };
}

/** What a person calls it, such as `tool pay_invoice`. */
export function titleOf({ before, after }: Pick<PinChange, 'before' | 'after'>): string {
  const pin = after ?? before;
  return pin === undefined ? '' : `${pin.kind} ${pin.name}`;
}

/** The command that takes what is sent now as what is promised. */
export function acceptCommand(ids: readonly string[]): string {
  return `npm run pins -- --accept ${ids.join(' ')}`;
}
