import { createHash } from 'node:crypto';
import * as z from 'zod';
import { InvalidInput } from '../errors.ts';

/** Where a list goes on: the last id that was looked at, and which search it belongs to. */
const cursorContent = z.strictObject({
  v: z.literal(1),
  after: z.int().min(1).max(9_999_999_999),
  search: z.string(),
});

const longestCursor = 200;

/** An opaque text for the caller to hand back. It names a place in the caller's own list, so it needs no secret. */
export function encodeCursor(after: number, search: string): string {
  const content: z.infer<typeof cursorContent> = { v: 1, after, search: fingerprint(search) };
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

/**
 * The id after which the list goes on.
 * @throws InvalidInput when the text is not a cursor of this search
 */
export function decodeCursor(cursor: string, search: string): number {
  const content = cursorContent.safeParse(parse(cursor));
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
  return content.data.after;
}

function parse(cursor: string): unknown {
  if (cursor.length > longestCursor) {
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
