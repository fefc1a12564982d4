import assert from 'node:assert/strict';
import type { Attack } from '../attack.ts';
import { aboutClient, authorizeAs, newId, serve } from '../documents.ts';
import { assertPage } from '../requests.ts';
import { toNewMinute } from '../world.ts';

export const documentContent: readonly Attack[] = [
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
