import { monotonicNow } from '../clock.ts';
import { instruments, secondsSince } from './instruments.ts';
import { failureOf, inSpan, markFailed } from './spans.ts';

/** One request to Table Storage, as telemetry may know it: its address holds ids of people. */
export interface StorageRequest {
  readonly method: string;
  readonly url: string;
}

const system = { 'db.system.name': 'azure.table_storage' };

/**
 * Sends one request to storage inside a span, and measures it.
 * @param table name of the table; undefined for requests to the account
 */
export async function sendInSpan<Answer extends { readonly status: number }>(
  request: StorageRequest,
  table: string | undefined,
  send: () => Promise<Answer>,
): Promise<Answer> {
  const started = monotonicNow();
  const operation = operationOf(request);
  const attributes = { ...system, 'db.operation.name': operation };
  let ending: { 'db.response.status_code'?: string; 'error.type'?: string } = {};
  try {
    return await inSpan(
      table === undefined ? operation : `${operation} ${table}`,
      { kind: 'client', attributes: { ...attributes, ...(table && { 'db.collection.name': table }) } },
      async (span) => {
        const answer = await send();
        ending = { 'db.response.status_code': String(answer.status) };
        span.setAttributes(ending);
        if (isOutage(answer.status)) {
          markFailed(span, String(answer.status));
        }
        return answer;
      },
    );
  } catch (error) {
    ending = { 'error.type': failureOf(error) };
    throw error;
  } finally {
    instruments().storageDuration.record(secondsSince(started), { ...attributes, ...ending });
  }
}

/** Storage is busy or broken; other refusals (no such row, changed meanwhile) are answers like any other. */
function isOutage(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

function operationOf({ method, url }: StorageRequest): string {
  if (method === 'GET') {
    return 'read';
  }
  return url.split('?', 1)[0]?.endsWith('/$batch') ? 'transact' : 'create_table';
}
