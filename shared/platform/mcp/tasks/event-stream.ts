import { type StreamClock, withinClock } from './clock.ts';

type Send = (message: object) => void;

export interface EventStreamOptions {
  /** Aborts when the client is gone. */
  readonly signal: AbortSignal;
  readonly clock: StreamClock;
  /** Sent at once. */
  readonly first: object;
  /** Sent when every source has ended, or the clock has run out. */
  readonly last: object;
  /** What to send in between. Each ends soon after its signal aborts; what it sends later is dropped. */
  readonly sources: readonly ((send: Send, signal: AbortSignal) => Promise<void>)[];
  /** Told when a source fails; it counts as ended. */
  readonly onError: (error: unknown) => void;
}

/** Server-sent events of JSON-RPC messages (WHATWG HTML, server-sent events). */
export function eventStream(options: EventStreamOptions): Response {
  const gone = new AbortController();
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      void run(options, controller, gone.signal);
    },
    cancel: () => gone.abort(),
  });
  return new Response(stream, {
    headers: {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
    },
  });
}

/** Never rejects: the stream ends whatever the sources do. */
async function run(
  { signal, clock, first, last, sources, onError }: EventStreamOptions,
  controller: ReadableStreamDefaultController<Uint8Array>,
  gone: AbortSignal,
): Promise<void> {
  const encoder = new TextEncoder();
  const send: Send = (message) =>
    controller.enqueue(encoder.encode(`event: message\ndata: ${JSON.stringify(message)}\n\n`));
  send(first);
  await withinClock(clock, [gone, signal], async (over) => {
    const sendUntilOver: Send = (message) => {
      if (!over.aborted) {
        send(message);
      }
    };
    const all = Promise.all(sources.map((source) => source(sendUntilOver, over).catch(onError)));
    await Promise.race([all, aborted(over)]);
  });
  if (gone.aborted) {
    return;
  }
  if (!signal.aborted) {
    send(last);
  }
  controller.close();
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
    } else {
      signal.addEventListener('abort', () => resolve(), { once: true });
    }
  });
}
