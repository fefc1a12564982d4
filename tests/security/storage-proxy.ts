import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { azuriteConnectionString } from '../../emulators/stack/azurite.ts';
import { testDataStorage } from '../support/azurite.ts';

import { type Fault, garbled, pass, respond } from './proxied-answers.ts';

/** Stands between the service and the run's Azurite, and can get in the way. */
export interface StorageProxy {
  readonly connectionString: string;
  fault: Fault | undefined;
  /** Requests that wait for `release`. */
  readonly held: number;
  /** Resolves when a request waits for `release`. */
  holding(): Promise<void>;
  /** Requests that came so far. */
  readonly received: number;
  /** Ends the fault and lets waiting requests go on. */
  release(): void;
  stop(): Promise<void>;
}

export async function startStorageProxy(): Promise<StorageProxy> {
  const azurite = new URL(/TableEndpoint=([^;]+)/.exec(testDataStorage())?.[1] ?? '');
  let waiting: (() => void)[] = [];
  const onHeld = new Set<() => void>();
  let received = 0;
  const met = new Map<Fault, number>();
  const server = createServer(async (incoming, response) => {
    received += 1;
    const body = await buffer(incoming);
    const { fault } = proxy;
    const left = fault === undefined ? 0 : (fault.times ?? Number.POSITIVE_INFINITY) - (met.get(fault) ?? 0);
    const matches = left > 0 && fault?.pattern.test(`${incoming.method} ${incoming.url}\n${body}`) === true;
    if (matches) {
      met.set(fault, (met.get(fault) ?? 0) + 1);
    }
    if (matches && fault?.effect === 'fail') {
      respond(response, 503, { 'odata.error': { code: 'ServerBusy' } });
    } else if (matches && fault?.effect === 'garble') {
      respond(response, 200, { value: [garbled] });
    } else if (matches && fault?.effect === 'lose') {
      pass(azurite, incoming, body, response, () => response.destroy());
    } else if (matches) {
      waiting.push(() => pass(azurite, incoming, body, response));
      for (const tell of onHeld) {
        tell();
      }
      onHeld.clear();
    } else {
      pass(azurite, incoming, body, response);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy: StorageProxy = {
    connectionString: azuriteConnectionString((server.address() as AddressInfo).port),
    fault: undefined,
    get held() {
      return waiting.length;
    },
    holding() {
      return waiting.length > 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            onHeld.add(resolve);
          });
    },
    get received() {
      return received;
    },
    release() {
      proxy.fault = undefined;
      for (const resume of waiting) {
        resume();
      }
      waiting = [];
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return proxy;
}
