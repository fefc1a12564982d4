import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { azuriteConnectionString } from '../../../emulators/stack/azurite.ts';
import { pass, respond } from '../../security/proxied-answers.ts';
import { listen } from '../../support/serve-http.ts';
import type { Draw } from './draw.ts';

/** What is done to a request. */
export type Trouble = 'late' | 'busy' | 'throttled' | 'cut' | 'lost' | 'none';

export interface FaultyStorage {
  readonly connectionString: string;
  /** How often each was done. */
  readonly troubles: ReadonlyMap<Trouble, number>;
  /** Transactions that storage refused because somebody else had changed a row. */
  readonly conflicts: number;
  close(): Promise<void>;
}

/** Of a hundred requests. */
const share: readonly (readonly [Trouble, number])[] = [
  ['late', 5],
  ['busy', 2],
  ['throttled', 2],
  ['cut', 1],
  ['lost', 2],
];
const mostLate = 30;

/**
 * Stands between instances and Azurite. Of the requests, some are late, answered with 503 or 429, cut off before they arrive,
 * or carried out while their answer is lost.
 */
export async function startFaultyStorage(dataStorage: string, draw: Draw): Promise<FaultyStorage> {
  const azurite = new URL(/TableEndpoint=([^;]+)/.exec(dataStorage)?.[1] ?? '');
  const troubles = new Map<Trouble, number>();
  let conflicts = 0;
  const server = createServer(async (incoming, response) => {
    const body = await buffer(incoming);
    const trouble = troubleOf(draw);
    troubles.set(trouble, (troubles.get(trouble) ?? 0) + 1);
    switch (trouble) {
      case 'busy':
        return respond(response, 503, { 'odata.error': { code: 'ServerBusy' } });
      case 'throttled':
        return respond(response, 429, { 'odata.error': { code: 'TooManyRequests' } });
      case 'cut':
        return void response.destroy();
      case 'lost':
        return pass(azurite, incoming, body, response, () => response.destroy());
      case 'late':
        await wait(draw() * mostLate);
    }
    pass(azurite, incoming, body, response);
    response.once('pipe', (answer) => {
      answer.once('data', (chunk: Buffer) => {
        conflicts += /UpdateConditionNotSatisfied|EntityAlreadyExists/.test(chunk.toString('latin1')) ? 1 : 0;
      });
    });
  });
  const { port, close } = await listen(server);
  return {
    connectionString: azuriteConnectionString(port),
    troubles,
    get conflicts() {
      return conflicts;
    },
    close,
  };
}

function troubleOf(draw: Draw): Trouble {
  let left = draw() * 100;
  for (const [trouble, percent] of share) {
    left -= percent;
    if (left < 0) {
      return trouble;
    }
  }
  return 'none';
}
