import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { TaskState } from './ports.ts';

/** Tasks of one page. */
const pageSize = 50;

/** Where a page ended: creation time and id of its last task. Tasks may vanish between two pages; a place does not. */
const cursorShape = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) ([\w-]{1,128})$/;

/**
 * One page of tasks, newest first.
 * @throws ProtocolError -32602 when the cursor is not one of ours
 */
export function pageOf(
  tasks: readonly TaskState[],
  cursor: string | undefined,
): { readonly items: readonly TaskState[]; readonly nextCursor?: string } {
  const ordered = [...tasks].sort((one, other) => (placeOf(one) < placeOf(other) ? 1 : -1));
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const rest = after === undefined ? ordered : ordered.filter((task) => placeOf(task) < after);
  const items = rest.slice(0, pageSize);
  const last = items.at(-1);
  if (last === undefined || items.length === rest.length) {
    return { items };
  }
  return { items, nextCursor: Buffer.from(placeOf(last)).toString('base64url') };
}

const placeOf = ({ createdAt, id }: TaskState): string => `${createdAt} ${id}`;

function readCursor(cursor: string): string {
  const place = Buffer.from(cursor, 'base64url').toString();
  if (cursorShape.test(place)) {
    return place;
  }
  throw new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    'The cursor is not valid: pass on the nextCursor of the last page.',
  );
}
