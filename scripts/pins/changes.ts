import { type Difference, differences } from './differences.ts';
import { type Pin, type Pins, pinId } from './pin.ts';

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

/** The pins that are not what they were. A tool that keeps its old name as a former one has changed, and is not gone. */
export function changesBetween(before: Pins, after: Pins): readonly PinChange[] {
  const renamed = new Map(
    [...after.values()].flatMap((pin) => formerIds(pin).map((id) => [id, pin] as const)),
  );
  const isRenamed = (id: string) => before.has(id) && !after.has(id) && renamed.has(id);
  const oldOf = (id: string) => formerIds(after.get(id)).find(isRenamed) ?? id;
  const ids = new Set([...before.keys(), ...after.keys()]);
  return [...ids]
    .filter((id) => !isRenamed(id))
    .flatMap((id) => {
      const change = changeOf(id, before.get(id) ?? before.get(oldOf(id)), after.get(id));
      return change === undefined ? [] : [change];
    });
}

function formerIds(pin: Pin | undefined): readonly string[] {
  const names = pin?.content.formerNames;
  return pin !== undefined && Array.isArray(names)
    ? names.map((name) => pinId({ kind: pin.kind, name: String(name) }))
    : [];
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
