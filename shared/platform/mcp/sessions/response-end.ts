import { StreamedResponse } from '../../http/streamed-response.ts';
import { WholeResponse } from '../../http/whole-response.ts';

/** Whether a response is under way when it is handed on: whoever ends it early loses something. */
export function isStream(response: Response): boolean {
  return (
    !(response instanceof WholeResponse) &&
    (response.headers.get('content-type')?.startsWith('text/event-stream') ?? false)
  );
}

/** Such a response, for whoever has a part in it; undefined for any other. */
export function streamOf(response: Response): StreamedResponse | undefined {
  return isStream(response) && response.body !== null
    ? StreamedResponse.of(response, response.body)
    : undefined;
}

/** The same response, and `listener` called once: when its body was read to the end, or given up, or when it has none. */
export function onResponseEnd(response: Response, listener: () => void): Response {
  const stream = streamOf(response);
  if (stream === undefined) {
    listener();
    return response;
  }
  return stream.onEnd(listener);
}

/**
 * The same response; when its reader gives it up, whatever writes it still goes on to its end. Before 2026-07-28 a
 * closed stream is no cancellation (MCP 2025-11-25, transports, "sending messages to the server").
 */
export function ignoringCancel(response: Response): Response {
  return streamOf(response)?.goesOn() ?? response;
}
