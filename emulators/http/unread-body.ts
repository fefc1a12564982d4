import type { IncomingMessage, ServerResponse } from 'node:http';

export interface UnreadLimits {
  readonly bytes: number;
  readonly milliseconds: number;
}

/** Enough for whoever sends in good faith and is refused. */
const unreadLimits: UnreadLimits = { bytes: 8 * 1024 * 1024, milliseconds: 5_000 };

/**
 * Once a request is answered, drops what is still to come of its body: left on the wire it would stand before the
 * connection's next request, which may be another user's. Beyond the limits the connection is closed; the answer says
 * so when the request says that it is longer.
 */
export function dropUnreadBody(
  request: IncomingMessage,
  response: ServerResponse,
  limits: UnreadLimits = unreadLimits,
): void {
  // Later it may be gone from the request: Node takes it away from one that was given up.
  const { socket } = request;
  // Begins to read. Node itself drops a body that nobody has begun to read, but without any bound.
  request.read(0);
  if (Number(request.headers['content-length']) > limits.bytes) {
    response.shouldKeepAlive = false;
  }
  response.once('finish', () => {
    if (request.readableEnded || (request.complete && request.readableLength === 0)) {
      return;
    }
    request.unpipe();
    drop(request, limits, () => socket.destroy());
  });
}

function drop(request: IncomingMessage, { bytes, milliseconds }: UnreadLimits, close: () => void): void {
  if (request.destroyed) {
    // Its reader has given it up: nothing more can be read from it.
    close();
    return;
  }
  let left = bytes;
  const timer = setTimeout(close, milliseconds);
  const stop = () => clearTimeout(timer);
  request
    .on('data', (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) {
        close();
      }
    })
    .once('end', stop)
    .once('close', stop)
    .resume();
}

/** Whether a server that was asked to keep the connection ends it with its answer, because it reads no more of the body. */
export function gaveUp({ complete }: IncomingMessage, answer: IncomingMessage): boolean {
  return !complete && answer.headers.connection?.toLowerCase() === 'close';
}
