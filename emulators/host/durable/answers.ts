import { messageOf, stackOf } from '../../lib/errors.ts';
import { ArgumentError } from './functions.ts';
import { InstanceExistsError } from './instance-exists.ts';
import { TurnTooLargeError } from './limits.ts';

/** What the management API answers. A body is sent as JSON; without one the answer is empty. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const NOT_FOUND: Answer = { status: 404 };
export const ACCEPTED: Answer = { status: 202 };
/** The instance has ended. */
export const GONE: Answer = { status: 410 };

/** The operation does not fit the state of the instance. */
export class InvalidOperationError extends Error {
  override readonly name = 'InvalidOperationError';
}

/** A failed request in the shape of ASP.NET's error object, as the extension answers. */
export function failureAnswer(error: unknown): Answer {
  if (error instanceof InstanceExistsError) {
    return { status: 409, body: { Message: error.message } };
  }
  if (error instanceof ArgumentError || error instanceof TurnTooLargeError) {
    return failure(400, 'One or more of the arguments submitted is incorrect', 'Argument', error);
  }
  const kind = error instanceof InvalidOperationError ? 'InvalidOperation' : '';
  return failure(500, 'Something went wrong while processing your request', kind, error);
}

/** An answer that the real extension would not give. */
export function notEmulated(what: string): Answer {
  return {
    status: 501,
    body: `${what} is not emulated by this local host: it works in Azure and under Core Tools.`,
  };
}

function failure(status: number, Message: string, kind: string, error: unknown): Answer {
  return {
    status,
    body: {
      Message,
      ExceptionMessage: messageOf(error),
      ExceptionType: `System.${kind}Exception`,
      StackTrace: stackOf(error),
    },
  };
}
