import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { writeSync } from 'node:fs';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { azuriteAccount } from '#emulators/stack/azurite';
import { doorClosed, doorHeader, markName, type Orders, passed } from './point.ts';

/** Storage's own files: a request is told by whose it is. */
const plumbing =
  /^shared\/platform\/(?:storage\/(?:table|connect|lost-answer|retry|round-trips|ensured)|telemetry\/[\w-]+)\.ts:/;

/**
 * Makes this process pass its points: before every await of the marked code, and before and after every request that it
 * sends. It tells them, or dies at one of them. To be called before the marked code is loaded.
 */
export function watchPoints(orders: Orders): void {
  const places = new AsyncLocalStorage<string>();
  const times = new Map<string, number>();
  /** What the door was told; undefined while nothing counts. */
  let open: string | undefined;

  function pass(place: string): void {
    if (open === undefined) {
      return;
    }
    const time = (times.get(place) ?? 0) + 1;
    times.set(place, time);
    if ('kill' in orders) {
      if (orders.kill.place === place && orders.kill.time === time) {
        process.kill(process.pid, 'SIGKILL');
      }
    } else if (orders.list) {
      writeSync(1, `${passed}${JSON.stringify({ place, time, part: open })}\n`);
    }
  }

  Reflect.set(globalThis, markName, (place: string) => {
    if (!plumbing.test(place)) {
      places.enterWith(place);
    }
    pass(place);
  });
  const nameOf = (request: ClientRequest) => {
    const receiver = receiverOf(request);
    return receiver && `${places.getStore() ?? 'on its own'}, ${request.method} to ${receiver}`;
  };
  const own = new WeakMap<ClientRequest, string>();
  subscribe('http.client.request.start', (message) => {
    const { request } = message as { request: ClientRequest };
    const name = nameOf(request);
    if (name !== undefined) {
      own.set(request, name);
      pass(`${name}: sent`);
    }
  });
  subscribe('http.client.response.finish', (message) => {
    const { request } = message as { request: ClientRequest };
    const name = own.get(request);
    if (name !== undefined) {
      pass(`${name}: answered`);
    }
  });
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    const said = request.headers[doorHeader];
    if (typeof said === 'string' && said !== open) {
      open = said === doorClosed ? undefined : said;
      times.clear();
    }
  });
}

/**
 * Storage, or the durable engine behind the host; undefined for whatever else is asked. What the engine's stand-in asks of its
 * own tables is none of the product's: it is led to them by another name of this machine.
 */
function receiverOf({ path, host }: ClientRequest): string | undefined {
  if (path.startsWith('/runtime/webhooks/')) {
    return 'the engine';
  }
  return host === '127.0.0.1' && path.startsWith(`/${azuriteAccount.name}`) ? 'storage' : undefined;
}
