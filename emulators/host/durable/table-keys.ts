import type { InstanceRecord } from './record.ts';

/**
 * Keys of the rows of a task hub. Table `History`, one partition per instance: `state` (its record), `owner:…` (one row, whose
 * existence is the owner's right to write) and `turn:…` (the events of one commit each). Table `Control`: messages and hosts.
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

export function ownerKey({ incarnation }: Pick<InstanceRecord, 'incarnation'>, tenure: number): string {
  return `owner:${incarnation}:${padded(tenure)}`;
}

export function turnKey({ incarnation }: Pick<InstanceRecord, 'incarnation'>, commit: number): string {
  return `turn:${incarnation}:${padded(commit)}`;
}

export function messageKey(instanceId: string, messageId: string): string {
  return `${instanceKey(instanceId)}|${messageId}`;
}

/** From ≤ key < below. */
export interface KeyRange {
  readonly from: string;
  readonly below: string;
}

/** The rows of all commits, with the pages that continue them. */
export function turnRange(record: Pick<InstanceRecord, 'incarnation' | 'commits'>): KeyRange {
  // `;` is the character after the `:` that begins the name of a page.
  return { from: turnKey(record, 1), below: `${turnKey(record, record.commits)};` };
}

export function messageRange(instanceId: string): KeyRange {
  // `}` is the character after `|`.
  return { from: `${instanceKey(instanceId)}|`, below: `${instanceKey(instanceId)}}` };
}

function padded(number: number): string {
  return String(number).padStart(9, '0');
}
