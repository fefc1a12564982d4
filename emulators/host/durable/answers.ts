import { messageOf, stackOf } from '../../lib/errors.ts';
import { InstanceExistsError } from './engine.ts';
import { ArgumentError } from './functions.ts';
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
  const isArgument = error instanceof ArgumentError || error instanceof TurnTooLargeError;
  const isOperation = error instanceof InstanceExistsError || error instanceof InvalidOperationError;
  return {
    status: isArgument ? 400 : 500,
    body: {
      Message: isArgument
        ? 'One or more of the arguments submitted is incorrect'
        : 'Something went wrong while processing your request',
      ExceptionMessage: messageOf(error),
      ExceptionType: isArgument
        ? 'System.ArgumentException'
        : `System.${isOperation ? 'InvalidOperation' : ''}Exception`,
      StackTrace: stackOf(error),
    },
  };
}

/** An answer that the real extension would not give. */
export function notEmulated(what: string): Answer {
  return {
    status: 501,
    body: `${what} is not emulated by this local host: it works in Azure and under Core Tools.`,
  };
}
