import { RestError } from '@azure/data-tables';
import { Unavailable } from '../contoso/errors.ts';
import { StaleWrite } from './stale-write.ts';

/** What the service answered, as far as it decides what to do next. */
interface Answer {
  readonly status: number | undefined;
  /** Error code of the Table service, such as `EntityAlreadyExists`. */
  readonly code: string | undefined;
}

function isRestError(error: unknown): error is RestError {
  return error instanceof RestError || (error instanceof Error && error.name === 'RestError');
}

function answerOf(error: RestError): Answer {
  const details = error.details as { odataError?: { code?: string } } | undefined;
  return { status: error.statusCode, code: details?.odataError?.code ?? error.code };
}

/** The record, or the table, that was asked for does not exist. */
export function isMissing(error: unknown, what: 'record' | 'table'): boolean {
  if (!isRestError(error)) {
    return false;
  }
  const { status, code } = answerOf(error);
  return status === 404 && (code === 'TableNotFound') === (what === 'table');
}

function isStale(error: RestError): boolean {
  const { status, code } = answerOf(error);
  return status === 412 || code === 'EntityAlreadyExists' || isMissing(error, 'record');
}

function isAborted(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');
}

/** No answer at all, or one that says that the service cannot answer now. */
function isOutage(error: unknown): boolean {
  if (isAborted(error)) {
    return true;
  }
  if (!isRestError(error)) {
    return false;
  }
  const { status } = answerOf(error);
  return status === undefined || status === 408 || status === 429 || status >= 500;
}

/** The request never left, so nothing can have been written. */
function isUnsent(error: unknown): boolean {
  return isRestError(error) && ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(error.code ?? '');
}

/** The service, or the identity that this process has there, says no. */
function isRefusal(error: unknown): boolean {
  if (isRestError(error)) {
    return error.statusCode === 401 || error.statusCode === 403;
  }
  // Named, not imported: @azure/identity is loaded only where a managed identity is used.
  return error instanceof Error && /^(Aggregate)?Authentication|^CredentialUnavailable/.test(error.name);
}

const noAnswer = 'Storage does not answer; try again in a moment.';
const perhapsWritten =
  'Storage did not answer, so it is not known whether the change was saved; read the record before you try again.';

/**
 * The failure of a request as the rest of the product knows it. What the service said stays in `cause`, for the log;
 * an error that is nobody's fault but ours is returned unchanged and ends as an internal error.
 */
export function translateFault(error: unknown, request: 'read' | 'write'): unknown {
  if (isOutage(error)) {
    return new Unavailable(request === 'read' || isUnsent(error) ? noAnswer : perhapsWritten, {
      cause: error,
    });
  }
  if (isMissing(error, 'table')) {
    return new Unavailable('The data of this organisation is not loaded yet; ask the operator to load it.', {
      cause: error,
    });
  }
  if (isRefusal(error)) {
    return new Unavailable('Storage refuses this service; ask the operator to check its access.', {
      cause: error,
    });
  }
  if (request === 'write' && isRestError(error) && isStale(error)) {
    return new StaleWrite('A record changed since it was read, or an id is taken.', { cause: error });
  }
  return error;
}
