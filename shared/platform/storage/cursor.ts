import { createHash } from 'node:crypto';
import * as z from 'zod';
import { InvalidInput } from '../errors.ts';

/** Where a list goes on: the last id that was looked at, and which search it belongs to. */
const cursorContent = z.strictObject({
  v: z.literal(1),
  after: z.int().min(1).max(9_999_999_999),
  search: z.string(),
});

/** Where a list that is ordered by keys of rows goes on. */
const keyCursorContent = z.strictObject({
  v: z.literal(1),
  key: z.string().min(1).max(512),
  search: z.string(),
});

/** A place in a list: after an id, or after a row. */
export type Place = { readonly after: number } | { readonly key: string };

const longestCursor = 200;
const longestKeyCursor = 900;

/** An opaque text for the caller to hand back. It names a place in the caller's own list, so it needs no secret. */
export function encodeCursor(after: number, search: string): string {
  const content: z.infer<typeof cursorContent> = { v: 1, after, search: fingerprint(search) };
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

/** As {@link encodeCursor}, for a list whose order is that of keys. */
export function encodeKeyCursor(key: string, search: string): string {
  const content: z.infer<typeof keyCursorContent> = { v: 1, key, search: fingerprint(search) };
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

/**
 * The id after which the list goes on.
 * @throws InvalidInput when the text is not a cursor of this search
 */
export function decodeCursor(cursor: string, search: string): number {
  return decoded(cursorContent, cursor, longestCursor, search).after;
}

/**
 * Where the list goes on. A key is as the caller sent it: whether it is one of the list is for the list to see.
 * @throws InvalidInput when the text is not a cursor of this search
 */
export function decodePlace(cursor: string, search: string): Place {
  return decoded(z.union([cursorContent, keyCursorContent]), cursor, longestKeyCursor, search);
}

function decoded<T extends { readonly search: string }>(
  shape: z.ZodType<T>,
  cursor: string,
  longest: number,
  search: string,
): T {
  const content = shape.safeParse(parse(cursor, longest));
  if (!content.success) {
    throw new InvalidInput(
      'The cursor is not one that this list returned; leave it out to start at the beginning.',
    );
  }
  if (content.data.search !== fingerprint(search)) {
    throw new InvalidInput(
      'The cursor belongs to another search; repeat that search or leave the cursor out to start at the beginning.',
    );
  }
  return content.data;
}

function parse(cursor: string, longest: number): unknown {
  if (cursor.length > longest) {
    return undefined;
  }
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function fingerprint(search: string): string {
  return createHash('sha256').update(search).digest('base64url').slice(0, 8);
}
