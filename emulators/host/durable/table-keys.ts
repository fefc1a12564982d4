import type { InstanceRecord } from './record.ts';

type Incarnation = Pick<InstanceRecord, 'incarnation'>;

/**
 * Keys of the rows of a task hub. Table `Turns`, one partition per instance: `state` (its record) and `turn:…` (the events of one
 * commit each; number 0 has none, and is there as long as this incarnation is). Table `Messages`: messages and hosts.
 */
export const STATE = 'state';
export const HOST_PARTITION = 'host';
export const MESSAGE_PARTITION = 'message';

/** Letters, digits and a few signs as they are, the rest escaped: Table Storage forbids some characters in keys. */
export function instanceKey(instanceId: string): string {
  return instanceId.replace(
    /[^A-Za-z0-9_.:@-]/g,
    (unit) => `=${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export function turnKey({ incarnation }: Incarnation, commit: number): string {
  return `turn:${incarnation}:${String(commit).padStart(9, '0')}`;
}

export function messageKey(instanceId: string, messageId: string): string {
  return `${instanceKey(instanceId)}|${messageId}`;
}

/** Below it are the key and those of the pages that continue it: `;` is the character after the `:` with which their names go on. */
export function after(key: string): string {
  return `${key};`;
}
