import { TableServiceClient } from '@azure/data-tables';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDataStorage } from '../../support/azurite.ts';
import * as product from './product.ts';
import { register } from './requests.ts';
import { routes, startSurroundings, startWorld, type World } from './world.ts';

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

it('ten thousand registrations store nothing', async () => {
  const { answer } = await world.instance();
  await register(world);
  const headers = { host: new URL(world.origin).host, 'content-type': 'application/json' };
  const address = `${world.origin}/${routes.contoso}/oauth/register`;
  const before = await tables();
  for (let count = 0; count < 10_000; count += 1) {
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
}, 180_000);
