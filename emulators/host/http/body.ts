import type { IncomingMessage, ServerResponse } from 'node:http';
import { HostStartError } from '../../lib/errors.ts';
import { answerEmpty, contentLengthOf } from './call.ts';

/** 100 MiB, the limit of the Functions host. */
const DEFAULT_BODY_LIMIT = 104_857_600;

/** The request's body is longer than the host allows. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

/** The largest request body in bytes. Throws a HostStartError when the setting is not a positive whole number. */
export function bodyLimit(environment: NodeJS.ProcessEnv): number {
  const text = environment.FUNCTIONS_REQUEST_BODY_SIZE_LIMIT;
  if (text === undefined || text === '') {
    return DEFAULT_BODY_LIMIT;
  }
  const limit = Number(text);
  if (!Number.isSafeInteger(limit) || limit <= 0) {
    throw new HostStartError(
      `FUNCTIONS_REQUEST_BODY_SIZE_LIMIT is "${text}", and must be a number of bytes above 0.`,
    );
  }
  return limit;
}

export function declaresTooMuch(request: IncomingMessage, limit: number): boolean {
  return (contentLengthOf(request) ?? 0) > limit;
}

/** The whole body. Rejects with a BodyTooLargeError as soon as it is longer than `limit` bytes. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) {
      throw new BodyTooLargeError();
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** 500 on a connection that ends, as the real host answers (4.1037); what is still to come of the body is dropped. */
export function refuseTooLarge(response: ServerResponse): void {
  response.shouldKeepAlive = false;
  answerEmpty(response, 500);
}
