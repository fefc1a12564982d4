import { createHash } from 'node:crypto';
import type { StreamName } from './server-request-id.ts';

/** Where the answers to a stream's requests wait for it. */
export function answersTo(stream: StreamName): string {
  return `answers-${stream}`;
}

/** Where the word waits that a request was cancelled. Request ids are the client's, of any form and length. */
export function cancellationOf(requestId: unknown): string {
  return `cancel-${createHash('sha256').update(JSON.stringify(requestId)).digest('base64url')}`;
}
