export function isStream({ headers }: Response): boolean {
  return headers.get('content-type')?.startsWith('text/event-stream') ?? false;
}

/** The same response, and `end` called once: when its body was read to the end, or given up, or when it has none. */
export function whenEnded(response: Response, end: () => void): Response {
  if (response.body === null || !isStream(response)) {
    end();
    return response;
  }
  const reader = response.body.getReader();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (!done) {
        return controller.enqueue(value);
      }
      end();
      controller.close();
    },
    cancel(reason) {
      end();
      return reader.cancel(reason);
    },
  });
  return new Response(body, { status: response.status, headers: response.headers });
}

/**
 * The same response; when its reader gives it up, whatever writes it goes on to its end all the same. Before 2026-07-28
 * a closed stream is no cancellation (MCP 2025-11-25, transports, "sending messages to the server").
 */
export function uncancelled(response: Response): Response {
  if (response.body === null) {
    return response;
  }
  const reader = response.body.getReader();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) {
        controller.close();
      } else {
        controller.enqueue(value);
      }
    },
    cancel() {
      void readOn(reader);
    },
  });
  return new Response(body, { status: response.status, headers: response.headers });
}

async function readOn(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  try {
    while (!(await reader.read()).done) {}
  } catch {
    // Nobody is left to hear of it.
  }
}
