import assert from 'node:assert/strict';
import type { Attack } from '../attack.ts';
import { aboutClient, authorizeAs, inside, newId, serve } from '../documents.ts';
import { assertPage } from '../requests.ts';
import { documentHost } from '../world.ts';

import { documentContent } from './document-content.ts';

export const ssrf: readonly Attack[] = [
  ...inside.map(
    ([address, what]): Attack => ({
      name: `a document at ${address}, ${what}`,
      async run({ product }) {
        assert.equal(product.isPublicAddress(address), false);
      },
    }),
  ),
  {
    name: 'a document of a host that leads inside',
    async run(world) {
      const id = newId('inside.example');
      serve(world, aboutClient(id));
      const before = world.documents.asked.length;
      world.reach = { ...world.documents.reach, allows: world.product.isPublicAddress };
      assertPage(await authorizeAs(world, id), 400, /its host is not on the public internet/);
      assert.equal(world.documents.asked.length, before);
    },
  },
  {
    name: 'a document of a host that leads inside with one of two addresses',
    async run(world) {
      const id = newId('inside.example');
      serve(world, aboutClient(id));
      const found = { address: '127.0.0.1', family: 4 };
      world.reach = {
        resolve: async () => [found, { ...found, address: '127.0.0.2' }],
        allows: (address) => address === '127.0.0.1',
      };
      assertPage(await authorizeAs(world, id), 400, /its host is not on the public internet/);
    },
  },
  {
    name: 'a document of a host that leads inside when it is asked the second time',
    async run(world) {
      const id = newId();
      serve(world, aboutClient(id));
      let lookups = 0;
      world.reach = {
        resolve: async () => {
          lookups += 1;
          return [{ address: '127.0.0.1', family: 4 }];
        },
        // the first answer stands for a public address
        allows: (address) => lookups <= 2 || world.product.isPublicAddress(address),
      };
      // once for each of the two instances
      assert.equal((await authorizeAs(world, id)).status, 200);
      assert.equal((await authorizeAs(world, id)).status, 200);
      world.ahead = 86_401;
      assertPage(await authorizeAs(world, id), 400, /its host is not on the public internet/);
    },
  },
  {
    name: 'a document that is somewhere else, inside',
    async run(world) {
      const id = newId();
      serve(world, {}, { location: 'https://127.0.0.1/client.json' }, 302);
      assertPage(await authorizeAs(world, id), 400, /it is somewhere else, and redirects are not followed/);
    },
  },
  {
    name: 'a document at a number instead of a name',
    async run(world) {
      assertPage(
        await authorizeAs(world, 'https://127.0.0.1/client.json'),
        400,
        /it is not at an https address with a name/,
      );
    },
  },
  {
    name: 'a document at another port',
    async run(world) {
      const outcome = await authorizeAs(world, `https://${documentHost}:8443/client.json`);
      assertPage(outcome, 400, /it is no plain https address of a document/);
    },
  },
  {
    name: 'a document without TLS',
    async run(world) {
      const outcome = await authorizeAs(world, `http://${documentHost}/client.json`);
      assertPage(outcome, 400, /This client_id is not known here/);
    },
  },
  {
    name: 'an id with a way round in it',
    async run(world) {
      const outcome = await authorizeAs(world, `https://${documentHost}/a/%2e%2e/client.json`);
      assertPage(outcome, 400, /it is no plain https address of a document/);
    },
  },
  ...documentContent,
];
