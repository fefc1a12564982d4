import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Attack } from '../attack.ts';
import { assertPage, authorize, type Outcome, ownRedirect } from '../requests.ts';
import { documentHost, toNewMinute, type World } from '../world.ts';

/** An address of a document that nobody asked for before. */
const newId = (host = documentHost) => `https://${host}/${randomUUID()}.json`;

const authorizeAs = (world: World, client: string): Promise<Outcome> => authorize(world, { client });

/** The server of documents answers so. */
function serve(
  world: World,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
  status = 200,
): void {
  world.answerDocument = (_, response) =>
    void response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(body));
}

const aboutClient = (id: string) => ({
  client_id: id,
  client_name: 'A program',
  redirect_uris: [ownRedirect],
});

/** Addresses that stand for this machine, its network, and the cloud that it runs in. */
const inside = [
  ['127.0.0.1', 'this machine'],
  ['0.0.0.0', 'this machine without a number'],
  ['10.0.0.4', 'a private network of the first size'],
  ['172.16.0.4', 'a private network of the second size'],
  ['192.168.0.4', 'a private network of the third size'],
  ['100.64.0.1', 'the network of a provider'],
  ['169.254.169.254', 'the metadata service of a cloud'],
  ['168.63.129.16', 'the services of Azure'],
  ['224.0.0.1', 'a group of machines'],
  ['::1', 'this machine by IPv6'],
  ['fe80::1', 'the cable by IPv6'],
  ['fd00::1', 'a private network by IPv6'],
  ['::ffff:10.0.0.4', 'a private network written as IPv6'],
  ['64:ff9b::a00:4', 'a private network through a translator'],
  ['2002:a00:4::1', 'a private network through a tunnel'],
] as const;

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
  {
    name: 'a document of ten megabytes',
    async run(world) {
      serve(world, { ...aboutClient(newId()), padding: 'x'.repeat(10 * 1024 * 1024) });
      assertPage(await authorizeAs(world, newId()), 400, /it is too long/);
    },
  },
  {
    name: 'a document that takes its time',
    async run(world) {
      world.answerDocument = (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"client_id": "');
        const late = setTimeout(() => response.end('"}'), 10_000);
        response.once('close', () => clearTimeout(late));
      };
      assertPage(await authorizeAs(world, newId()), 400, /it takes too long to be read/);
    },
  },
  {
    name: 'a document that is no JSON',
    async run(world) {
      const id = newId();
      serve(world, aboutClient(id), { 'content-type': 'text/html' });
      assertPage(await authorizeAs(world, id), 400, /it is no JSON/);
    },
  },
  {
    name: 'a document that is a page of errors',
    async run(world) {
      const id = newId();
      serve(world, aboutClient(id), {}, 404);
      assertPage(await authorizeAs(world, id), 400, /its server answers with the status 404/);
    },
  },
  {
    name: 'a document that is about another client',
    async run(world) {
      serve(world, aboutClient(newId()));
      assertPage(await authorizeAs(world, newId()), 400, /its document is about another client/);
    },
  },
  {
    name: 'a document whose client has a secret that nobody checks here',
    async run(world) {
      const id = newId();
      serve(world, { ...aboutClient(id), token_endpoint_auth_method: 'private_key_jwt' });
      assertPage(await authorizeAs(world, id), 400, /asks for a way to prove itself/);
    },
  },
  {
    name: 'a document that is to be read for everybody who asks',
    async run(world) {
      const id = newId();
      serve(world, {}, {}, 500);
      const before = world.documents.asked.length;
      for (let count = 0; count < 6; count += 1) {
        await authorizeAs(world, id);
      }
      assert.equal(world.documents.asked.length - before, 2, 'once by each instance');
    },
  },
  {
    name: 'a hundred documents a minute, and more',
    async run(world) {
      serve(world, {}, {}, 404);
      toNewMinute(world, 1);
      let last = await authorizeAs(world, newId());
      for (let count = 0; count < 245 && last.status !== 503; count += 1) {
        last = await authorizeAs(world, newId());
      }
      assertPage(last, 503, /Too many clients are new at once/);
    },
  },
];
