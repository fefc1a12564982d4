import { isReadToEnd } from './read-text.ts';

/** How much of an unwanted body is read, in bytes, and for how long, in milliseconds. */
export interface RestLimits {
  readonly bytes: number;
  readonly milliseconds: number;
}

/** Enough for whoever sends in good faith and is refused. */
const restLimits: RestLimits = { bytes: 8 * 1024 * 1024, milliseconds: 5_000 };

/**
 * The same response, once the rest of its request's body is read and dropped. What is left on the wire would stand
 * before the connection's next request, which may be another user's: beyond the limits the response says
 * `Connection: close` (RFC 9112 section 9.6), and whoever holds the connection closes it.
 */
export async function afterBody(
  request: Request,
  response: Response,
  limits: RestLimits = restLimits,
): Promise<Response> {
  if (!isReadToEnd(request) && !(await dropRest(request, limits))) {
    response.headers.set('Connection', 'close');
  }
  return response;
}

/** Whether the body is at its end. */
async function dropRest({ body, headers }: Request, limits: RestLimits): Promise<boolean> {
  if (body === null) {
    return true;
  }
  const reader = body.getReader();
  const isHopeless = Number(headers.get('content-length')) > limits.bytes;
  try {
    return !isHopeless && (await readToEnd(reader, limits));
  } catch {
    // The client has gone, and its connection with it.
    return false;
  } finally {
    // Not cancelled: the stream ends with its connection, and some sources fail when both happen.
    reader.releaseLock();
  }
}

async function readToEnd(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  { bytes, milliseconds }: RestLimits,
): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<'too late'>((resolve) => {
    timer = setTimeout(resolve, milliseconds, 'too late');
  });
  try {
    for (let left = bytes; left >= 0; ) {
      const part = await Promise.race([reader.read(), tooLate]);
      if (part === 'too late') {
        return false;
      }
      if (part.done) {
        return true;
      }
      left -= part.value.byteLength;
    }
    return false;
  } finally {
    clearTimeout(timer);
  }
}
