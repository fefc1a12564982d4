import { expect, it } from 'vitest';
import { type EventStreamOptions, eventStream } from '#platform/mcp/tasks/event-stream';

function streamOf(options: Partial<EventStreamOptions>): Response {
  return eventStream({
    signal: new AbortController().signal,
    clock: { longestMs: 60_000 },
    first: { first: true },
    last: { last: true },
    sources: [],
    onError: () => {},
    ...options,
  });
}

const frame = (message: object) => `event: message\ndata: ${JSON.stringify(message)}\n\n`;
const never = new Promise<void>(() => {});

it('sends the first message, those of the sources, and the last one', async () => {
  const response = streamOf({
    sources: [async (send) => send({ one: 1 }), async (send) => send({ two: 2 })],
  });
  expect(await response.text()).toBe(
    frame({ first: true }) + frame({ one: 1 }) + frame({ two: 2 }) + frame({ last: true }),
  );
});

it('ends in order when a source fails', async () => {
  const errors: unknown[] = [];
  const failing = async () => {
    throw new Error('storage is away');
  };
  const response = streamOf({ sources: [failing], onError: (error) => errors.push(error) });
  expect(await response.text()).toBe(frame({ first: true }) + frame({ last: true }));
  expect(errors).toEqual([new Error('storage is away')]);
});

it('ends by its clock although a source does not, and drops what that one sends later', async () => {
  let late = () => {};
  const response = streamOf({
    clock: { longestMs: 20 },
    sources: [
      (send) => {
        late = () => send({ late: true });
        return never;
      },
    ],
  });
  expect(await response.text()).toBe(frame({ first: true }) + frame({ last: true }));
  expect(late).not.toThrow();
});

it('stops its sources without a last message when the client is gone', async () => {
  const client = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    const source = async (_send: unknown, signal: AbortSignal) => {
      signal.addEventListener('abort', () => resolve());
      await never;
    };
    const response = streamOf({ signal: client.signal, sources: [source] });
    response.text().then((text) => expect(text).toBe(frame({ first: true })));
  });
  client.abort();
  await stopped;
});
