import { WholeResponse } from '../../http/whole-response.ts';

/** Whether a response is under way when it is handed on: whoever ends it early loses something. */
export function isStream(response: Response): boolean {
  const isStreamed = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  return isStreamed && !(response instanceof WholeResponse);
}

/** The same response, and `listener` called once: when its body was read to the end, or given up, or when it has none. */
export function onResponseEnd(response: Response, listener: () => void): Response {
  if (!isStream(response) || response.body === null) {
    listener();
    return response;
  }
  return withBody(response, response.body, {
    atEnd: listener,
    givenUp(reader, reason) {
      listener();
      return reader.cancel(reason);
    },
  });
}

/**
 * The same response; when its reader gives it up, whatever writes it still goes on to its end. Before 2026-07-28 a
 * closed stream is no cancellation (MCP 2025-11-25, transports, "sending messages to the server").
 */
export function ignoringCancel(response: Response): Response {
  if (response.body === null) {
    return response;
  }
  return withBody(response, response.body, { atEnd() {}, givenUp: (reader) => void readToEnd(reader) });
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

interface BodyListener {
  atEnd(): void;
  /** The client reads no more. */
  givenUp(reader: Reader, reason: unknown): Promise<void> | void;
}

function withBody(
  response: Response,
  original: ReadableStream<Uint8Array>,
  listener: BodyListener,
): Response {
  const reader = original.getReader();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (!done) {
        return controller.enqueue(value);
      }
      listener.atEnd();
      controller.close();
    },
    cancel: (reason) => listener.givenUp(reader, reason),
  });
  return new Response(body, { status: response.status, headers: response.headers });
}

async function readToEnd(reader: Reader): Promise<void> {
  try {
    while (!(await reader.read()).done) {}
  } catch {
    // The client is gone, so there is nobody to tell.
  }
}
