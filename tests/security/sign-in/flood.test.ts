import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { TableServiceClient } from '@azure/data-tables';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDataStorage } from '../../support/azurite.ts';
import * as product from './product.ts';
import { register } from './requests.ts';
import { routes, startSurroundings, startWorld, type World } from './world.ts';

const registrations = 10_000;
/** After so many everything that is made once has been made. */
const warmUp = 1_000;
/** The least that anything could keep of a registration. */
const bytesOfAnId = 100;

let world: World;

beforeAll(async () => {
  world = await startWorld(await startSurroundings(testDataStorage()), product);
});

afterAll(() => world?.stop());

async function tables(): Promise<readonly string[]> {
  const client = TableServiceClient.fromConnectionString(testDataStorage(), {
    allowInsecureConnection: true,
  });
  const names: string[] = [];
  for await (const { name = '' } of client.listTables()) {
    if (name.startsWith(world.slugs.contoso)) {
      names.push(name);
    }
  }
  return names;
}

/** What the tests' Node was not started with. */
function garbageCollection(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

it('ten thousand registrations store nothing, in tables or in memory', async () => {
  const { answer } = await world.instance();
  await register(world);
  const headers = { host: new URL(world.origin).host, 'content-type': 'application/json' };
  const address = `${world.origin}/${routes.contoso}/oauth/register`;
  const before = await tables();
  const collect = garbageCollection();
  /** Bytes that are reachable. */
  const held = async () => {
    collect();
    // what is let go of at the end of a turn
    await setImmediate();
    collect();
    return process.memoryUsage().heapUsed;
  };
  let atFirst = 0;
  for (let count = 0; count < registrations; count += 1) {
    if (count === warmUp) {
      atFirst = await held();
    }
    // as many a minute as are answered
    world.ahead = Math.floor(count / 100) * 60;
    const body = JSON.stringify({
      client_name: `Program ${count}`,
      redirect_uris: [`http://127.0.0.1/${count}`],
    });
    const response = await answer(new Request(address, { method: 'POST', headers, body }));
    expect(response.status).toBe(201);
    await response.body?.cancel();
  }
  expect(await tables()).toEqual(before);
  expect((await held()) - atFirst).toBeLessThan((registrations - warmUp) * bytesOfAnId);
}, 180_000);
