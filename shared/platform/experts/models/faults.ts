import { APIConnectionError, APIError } from 'openai';
import { Refused, Unavailable } from '../../errors.ts';

/**
 * What went wrong with a request to a model, fit for a log. The library's own error is not: its message may quote
 * what was said.
 */
export class ModelFault extends Error {
  override readonly name = 'ModelFault';
  /** HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;
  readonly code: string | undefined;

  constructor(error: APIError) {
    const { status, code, requestID } = error;
    super(
      `The model answered ${status ?? 'nothing'} (${code ?? 'no code'}) to request ${requestID ?? 'unknown'}.`,
    );
    this.status = status;
    this.code = code ?? undefined;
  }
}

/** Whether the same request may succeed when it is sent again. */
export function isPassing(error: unknown): error is APIError {
  if (error instanceof APIConnectionError) return true;
  if (!(error instanceof APIError) || error.code === 'insufficient_quota') return false;
  const { status } = error;
  return status === 408 || status === 409 || status === 429 || (status !== undefined && status >= 500);
}

/** Milliseconds that the service asks to wait; undefined when it does not say. */
export function retryAfter(error: APIError, now: number): number | undefined {
  const milliseconds = Number.parseFloat(error.headers?.get('retry-after-ms') ?? '');
  if (milliseconds >= 0) return milliseconds;
  const value = error.headers?.get('retry-after') ?? '';
  const seconds = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

const askOperator = 'ask the operator to check its settings.';

/** The failure as the rest of the product knows it. What is nobody's fault but ours ends as an internal error. */
export function translateModelFault(error: unknown): unknown {
  if (!(error instanceof APIError)) return error;
  const cause = new ModelFault(error);
  const { status, code } = cause;
  if (code === 'content_filter') return contentFiltered(cause);
  if (code === 'context_length_exceeded') {
    return new Refused('The conversation has become too long for the language model; start a new one.', {
      cause,
    });
  }
  if (status === 429) return busy(cause);
  if (status === 401 || status === 403) {
    return new Unavailable(`The language model refuses this service; ${askOperator}`, { cause });
  }
  if (status === 404) return new Unavailable(`The language model does not exist; ${askOperator}`, { cause });
  if (isPassing(error)) {
    return new Unavailable('The language model does not answer; try again in a moment.', { cause });
  }
  return cause;
}

export function busy(cause: Error): Unavailable {
  return new Unavailable('The language model is busy; try again in a minute.', { cause });
}

export function contentFiltered(cause?: Error): Refused {
  return new Refused(
    "The language model's content filter refused the question or its answer; ask in other words.",
    { cause },
  );
}

export function cutOff(): Refused {
  return new Refused('The answer became too long and was cut off; ask for less at once.');
}
