import { once } from 'node:events';
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { azuriteConnectionString } from '../../emulators/stack/azurite.ts';
import { testDataStorage } from '../support/azurite.ts';

/** What happens to requests that match. */
export interface Fault {
  /** Looked for in method, address and body. */
  readonly pattern: RegExp;
  /**
   * An error of the service, rows that are not what they should be, no answer until `release`, or a request that is
   * carried out and whose answer is lost with the connection.
   */
  readonly effect: 'fail' | 'garble' | 'hold' | 'lose';
  /** How many requests it happens to; all of them when it is left out. */
  readonly times?: number;
}

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

/** A row without most of its columns, and with a person in the wrong one. */
const garbled = {
  PartitionKey: 'quintessa.v@private.example',
  RowKey: 'Vandermolen',
  customer_id: 'quintessa.v@private.example',
};

function respond(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** The signature of a request does not cover the port, so it stays right. */
function pass(
  { port }: URL,
  incoming: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
  answered?: () => void,
): void {
  const { method, url: path, headers } = incoming;
  const onward = forward({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
    if (answered !== undefined) {
      answer.resume().once('end', answered);
      return;
    }
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  onward.end(body);
}
