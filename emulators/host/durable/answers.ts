import { messageOf } from '../../lib/errors.ts';
import { ArgumentError, InstanceExistsError, notEmulated } from './errors.ts';
import { TurnTooLargeError } from './limits.ts';

/** One request to the management API, wherever it came in. */
export interface ManagementRequest {
  readonly method: string;
  /** The path below the API's base, decoded segment by segment. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly body: string;
  /** Without parameters, in lower case. */
  readonly contentType: string;
  /** The origin that links in the answer get. */
  readonly origin: string;
  /** The whole address that was asked for. */
  readonly href: string;
}

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

/** A failed request, in the words with which the extension begins. */
export function failureAnswer(error: unknown): Answer {
  if (error instanceof InstanceExistsError) {
    return { status: 409, body: { Message: error.message } };
  }
  const ExceptionMessage = messageOf(error);
  return error instanceof ArgumentError || error instanceof TurnTooLargeError
    ? {
        status: 400,
        body: { Message: 'One or more of the arguments submitted is incorrect', ExceptionMessage },
      }
    : {
        status: 500,
        body: { Message: 'Something went wrong while processing your request', ExceptionMessage },
      };
}

/** An answer that the real extension would not give. */
export function refusal(what: string): Answer {
  return { status: 501, body: notEmulated(what) };
}
