import { randomUUID } from 'node:crypto';
import { notesOf } from './request-notes.ts';

/**
 * The id under which everything about a request can be found: in its answer's headers, the log, the audit trail.
 * The protocol layer hands the request on as it is, so that all of them see the same object.
 */
export function correlationOf(request: Request | undefined): string {
  if (request === undefined) {
    return randomUUID();
  }
  const notes = notesOf(request);
  notes.correlationId ??= randomUUID();
  return notes.correlationId;
}
