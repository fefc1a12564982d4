import { serviceTokens, type TokenSource } from '../identity/service-tokens.ts';
import { refusal } from './head-copies.ts';

/** Takes events of any shape. */
export interface EventSink {
  /** Resolves when all of them were taken. @throws Error when one was not; those before it may have been */
  send(events: readonly object[]): Promise<void>;
}

const eventHubsScope = 'https://eventhubs.azure.net/.default';
/** A request may have 1 MB at most, with what surrounds the events. */
const mostBytes = 900_000;
const requestTimeoutMs = 30_000;

/**
 * Sends events over HTTPS ("Send batch events" of the REST API), which needs no connection to be kept.
 * @param hub `https://NAMESPACE.servicebus.windows.net/HUB`
 */
export function eventHub(hub: string, tokens: TokenSource = serviceTokens(eventHubsScope)): EventSink {
  return {
    async send(events) {
      for (const batch of batchesOf(events.map((event) => JSON.stringify({ Body: JSON.stringify(event) })))) {
        const response = await fetch(`${hub}/messages?api-version=2014-01`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${await tokens()}`,
            'content-type': 'application/vnd.microsoft.servicebus.json',
          },
          body: `[${batch.join(',')}]`,
          signal: AbortSignal.timeout(requestTimeoutMs),
        });
        if (!response.ok) {
          throw await refusal('The event hub', response);
        }
        await response.body?.cancel();
      }
    },
  };
}

function* batchesOf(events: readonly string[]): Iterable<string[]> {
  let batch: string[] = [];
  let bytes = 0;
  for (const event of events) {
    const length = Buffer.byteLength(event) + 1;
    if (bytes + length > mostBytes && batch.length > 0) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(event);
    bytes += length;
  }
  if (batch.length > 0) {
    yield batch;
  }
}
