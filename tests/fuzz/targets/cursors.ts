import { InvalidInput } from '#platform/errors';
import { decodeCursor, encodeCursor } from '#platform/storage/cursor';
import { must, orRefused, type Target } from '../target.ts';

/** A cursor as it is sent, and one of what it may hold: a place in the list, or it is refused. */
export const fuzz: Target = (data) => {
  const text = data.toString();
  for (const cursor of [text, data.toString('base64url')]) {
    const after = orRefused(() => decodeCursor(cursor, 'smith'), InvalidInput);
    must(after === undefined || (Number.isSafeInteger(after) && after >= 1), 'a place is a whole number');
  }
  const own = encodeCursor(1 + data.length, text);
  must(decodeCursor(own, text) === 1 + data.length, 'a cursor of its own search is taken');
};
