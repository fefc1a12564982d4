import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { NewRow, RowKeys, StoredRow } from '../storage/table.ts';
import { answerStatuses } from './answer.ts';
import type { Conversation } from './ports.ts';

/**
 * How a conversation lies in Table Storage: a head row, whose ETag guards all of it, and its text in rows of one
 * property each. A property holds 64 KiB, an entity 1 MiB, and one transaction saves all of a conversation.
 */

/** UTF-16 units of one row's text: half a property's limit of 64 KiB, less what a transaction adds. */
const chunkLength = 30_000;

const waitingChange = z.object({
  domain: z.string(),
  description: z.string(),
  tool: z.string(),
  arguments: z.record(z.string(), z.unknown()),
  wish: z.string().optional(),
});

const decidedChange = z.object({
  change: waitingChange,
  outcome: z.enum(['done', 'refused', 'failed', 'waits']),
  sentence: z.string(),
  question: z.string().optional(),
});

const conversation = z.object({
  domain: z.string(),
  summary: z.string(),
  turns: z.array(
    z.object({
      question: z.string(),
      answer: z.string(),
      status: z.enum(answerStatuses),
      citations: z.array(z.string()),
      tasks: z.array(z.string()).optional(),
      waiting: z.array(waitingChange).optional(),
      decided: z.array(decidedChange).optional(),
    }),
  ),
});

/** Where the conversations of a user lie: a digest, so that the table names nobody. */
export function partitionOf(user: string): string {
  return createHash('sha256').update(user).digest('base64url');
}

export function headKeys(partitionKey: string, id: string): RowKeys {
  return { partitionKey, rowKey: `${id}:head` };
}

export function chunkKeys(partitionKey: string, id: string, place: number): RowKeys {
  return { partitionKey, rowKey: `${id}:${String(place).padStart(4, '0')}` };
}

export function headRow(partitionKey: string, id: string, expiresAt: string): NewRow {
  return { ...headKeys(partitionKey, id), properties: { expiresAt } };
}

export function chunkRows(
  partitionKey: string,
  id: string,
  value: Conversation,
  expiresAt: string,
): NewRow[] {
  return chunksOf(JSON.stringify(value)).map((text, place) => ({
    ...chunkKeys(partitionKey, id, place),
    properties: { text, expiresAt },
  }));
}

/** @throws when the rows do not hold a conversation */
export function readChunks(rows: readonly StoredRow[]): Conversation {
  return conversation.parse(JSON.parse(rows.map(({ properties }) => String(properties.text)).join('')));
}

/** Cuts a text between characters, never inside a surrogate pair: half of one does not survive storage. */
export function chunksOf(text: string): string[] {
  const chunks: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = start + chunkLength;
    const splitsPair = /[\uD800-\uDBFF]/.test(text[end - 1] ?? '') && end < text.length;
    const cut = splitsPair ? end - 1 : end;
    chunks.push(text.slice(start, cut));
    start = cut;
  }
  return chunks;
}
