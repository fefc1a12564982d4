import type { Standing } from '../mcp/pipeline/approve.ts';
import { sentenceOf } from '../mcp/tool-answer.ts';
import type { ApprovalRecord, StoredApproval } from './record.ts';

const askAnew = 'To ask anew, call again with another idempotency_key.';

/** How a call stands, in words for the one who made it. The record decides, and the time by which it was to be decided on. */
export function standingOf({ id, record }: StoredApproval, now: Date): Standing {
  return { id, ...wordsFor({ id, record: asOf(record, now) }) };
}

/** The record as it counts now: what nobody decided on in time has expired, whether or not that is written yet. */
export function asOf(record: ApprovalRecord, now: Date): ApprovalRecord {
  return record.state === 'waiting' && record.expiresAt <= now.toISOString()
    ? { ...record, state: 'expired', updatedAt: record.expiresAt }
    : record;
}

function wordsFor({ id, record }: Pick<StoredApproval, 'id' | 'record'>): Omit<Standing, 'id'> {
  const { tool, question, input, reason, expiresAt, answer } = record;
  const again = `call ${tool} again with the same arguments and idempotency_key "${String(input.idempotency_key)}"`;
  switch (record.state) {
    case 'waiting':
      return {
        kind: 'waits',
        sentence: `${question} It waits for a second person to approve it, until ${expiresAt}, as approval ${id}; nothing was done yet. To see what became of it, ${again}: that asks for nothing new.`,
      };
    case 'approved':
      return {
        kind: 'waits',
        sentence: `A second person approved this (approval ${id}), and it is being carried out. To see what became of it, ${again}.`,
      };
    case 'done':
      return { kind: 'done', sentence: `A second person approved this. ${answer ? sentenceOf(answer) : ''}` };
    case 'failed':
      return {
        kind: 'over',
        sentence: `A second person approved this, but it could not be carried out. ${answer ? sentenceOf(answer) : ''}`,
      };
    case 'declined':
      return {
        kind: 'over',
        sentence: `A second person declined this, so nothing was done. The reason: ${reason ?? 'none'}`,
      };
    case 'withdrawn':
      return { kind: 'over', sentence: `The request was withdrawn, so nothing was done. ${askAnew}` };
    case 'expired':
      return {
        kind: 'over',
        sentence: `Nobody decided on this until ${expiresAt}, so nothing was done. ${askAnew}`,
      };
    case 'lapsed':
      return {
        kind: 'over',
        sentence: `What needs a second person was changed after this was asked for, so nothing was done. ${askAnew}`,
      };
  }
}
