import { RestError } from '@azure/data-tables';

/**
 * Nothing was written, because a row was there already or was there no longer. An earlier request whose answer was lost may have
 * done it.
 */
export class StaleWrite extends Error {
  override readonly name = 'StaleWrite';
}

/** Whether the change failed because of a row that was there already, or was not there any more. */
export async function isStale(change: Promise<void>): Promise<boolean> {
  try {
    await change;
    return false;
  } catch (error) {
    if (error instanceof StaleWrite) {
      return true;
    }
    throw error;
  }
}

/** The library's own error carries the whole request, its signature too. */
export function translated(error: unknown): unknown {
  if (!(error instanceof RestError)) {
    return error instanceof Error && error.name === 'AbortError' ? noAnswer() : error;
  }
  const { statusCode, details } = error;
  const code = (details as { odataError?: { code?: string } } | undefined)?.odataError?.code ?? error.code;
  if (statusCode === undefined || statusCode >= 500) {
    return noAnswer();
  }
  if (statusCode === 412 || code === 'EntityAlreadyExists' || code === 'ResourceNotFound') {
    return new StaleWrite('A row of the task hub is not what it was.');
  }
  return new Error(`Storage answered ${statusCode} (${code ?? 'no code'}).`);
}

function noAnswer(): Error {
  return new Error('Storage does not answer.');
}
