import type { RestError } from '@azure/data-tables';
import { Unavailable } from '../errors.ts';
import { StaleWrite } from './stale-write.ts';

/**
 * What went wrong with a request, fit for a log. The library's own error is not: it carries the whole request and
 * answer, with people's data and the signature.
 */
export class StorageFault extends Error {
  override readonly name = 'StorageFault';
  /** HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;
  /** Error code of the Table service such as `EntityAlreadyExists`, or of the network such as `ECONNREFUSED`. */
  readonly code: string | undefined;

  constructor(error: RestError) {
    const details = error.details as { odataError?: { code?: string } } | undefined;
    const code = details?.odataError?.code || error.code;
    const requestId = error.request?.requestId ?? 'unknown';
    super(
      `Storage answered ${error.statusCode ?? 'nothing'} (${code ?? 'no code'}) to request ${requestId}.`,
    );
    this.status = error.statusCode;
    this.code = code;
  }
}

/** Named, not imported: the library is loaded when the first request is made, and this file is there before. */
function isRestError(error: unknown): error is RestError {
  return error instanceof Error && error.name === 'RestError';
}

/** The record, or the table, that was asked for does not exist. */
export function isMissing(error: unknown, what: 'record' | 'table'): boolean {
  const fault = isRestError(error) ? new StorageFault(error) : error;
  return (
    fault instanceof StorageFault &&
    fault.status === 404 &&
    (fault.code === 'TableNotFound') === (what === 'table')
  );
}

function isStale(fault: StorageFault): boolean {
  return fault.status === 412 || fault.code === 'EntityAlreadyExists' || isMissing(fault, 'record');
}

/** No answer at all, or one that says that the service cannot answer now. */
function isOutage({ status }: StorageFault): boolean {
  return status === undefined || status === 408 || status === 429 || status >= 500;
}

/** The request never left, so nothing can have been written. */
function isUnsent({ code }: StorageFault): boolean {
  return code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN';
}

/** The deadline of the request has passed. */
function isLate(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');
}

/** The process has no identity that it could show. Named, not imported: the library is loaded only where it is used. */
function isWithoutIdentity(error: unknown): boolean {
  return error instanceof Error && /^(Aggregate)?Authentication|^CredentialUnavailable/.test(error.name);
}

/** Storage did not answer a change: it may have been saved, or may still be. */
export class PerhapsWritten extends Unavailable {}

const noAnswer = 'Storage does not answer; try again in a moment.';
const perhapsWritten =
  'Storage did not answer, so it is not known whether the change was saved; read the record before you try again.';
const notLoaded = 'The data of this organisation is not loaded yet; ask the operator to load it.';
const refused = 'Storage refuses this service; ask the operator to check its access.';

/**
 * The failure of a request as the rest of the product knows it, with a StorageFault as its `cause`. A failure that is
 * a fault of this service stays a StorageFault and becomes an internal error.
 */
export function translateFault(error: unknown, request: 'read' | 'write'): unknown {
  if (isLate(error)) {
    return request === 'read'
      ? new Unavailable(noAnswer, { cause: error })
      : new PerhapsWritten(perhapsWritten, { cause: error });
  }
  if (isWithoutIdentity(error)) {
    return new Unavailable(refused, { cause: error });
  }
  return isRestError(error) ? translateAnswer(new StorageFault(error), request) : error;
}

function translateAnswer(cause: StorageFault, request: 'read' | 'write'): Error {
  if (isOutage(cause)) {
    return request === 'read' || isUnsent(cause)
      ? new Unavailable(noAnswer, { cause })
      : new PerhapsWritten(perhapsWritten, { cause });
  }
  if (isMissing(cause, 'table')) {
    return new Unavailable(notLoaded, { cause });
  }
  if (cause.status === 401 || cause.status === 403) {
    return new Unavailable(refused, { cause });
  }
  if (request === 'write' && isStale(cause)) {
    return new StaleWrite('A record changed since it was read, or an id is taken.', { cause });
  }
  return cause;
}
