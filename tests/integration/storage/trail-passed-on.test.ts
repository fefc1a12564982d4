import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { headOf, sealingKey } from '#platform/access/audit-heads';
import { tenantId } from '#platform/identity/tenant';
import { auditHeadStore } from '#platform/storage/audit-head-store';
import { auditStore } from '#platform/storage/audit-store';
import { eventHub } from '#platform/storage/event-hub';
import { headCopies } from '#platform/storage/head-copies';
import { sentHeads } from '#platform/storage/sent-heads';
import { ensureTables } from '#platform/storage/tables';
import { createLogger } from '#platform/telemetry/log';
import { linesOf, verifyTrail } from '#scripts/trail/verify-trail';
import { copyingTo } from '#shared/composition/pass-trail-on';
import { trailSealing } from '#shared/composition/seal-trail';
import { anAuditEntry } from '../../support/audit-entry.ts';
import { freshTenant, testDataStorage, testStorage } from '../../support/azurite.ts';

const secret = 'a secret of the tests that is longer than 32 bytes';
const contoso = tenantId('contoso');
const token = async () => 'a-token';
const head = (number: number) =>
  headOf({ tenant: 'contoso', number, time: '', previous: '', shards: {} }, sealingKey(secret));

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** The parts of Blob Storage and Event Hubs that are used, over HTTP. */
class StandIn {
  readonly asked: Asked[] = [];
  readonly blobs = new Map<string, string>();
  #server: Server | undefined;
  refuses = false;

  async start(): Promise<string> {
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(chunk);
      }
      const { method = '', url = '', headers } = request;
      const body = Buffer.concat(chunks).toString();
      this.asked.push({ method, path: url, headers, body });
      const [status, text] = this.#answer(method, url, body);
      response.writeHead(this.refuses ? 503 : status).end(text);
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  #answer(method: string, url: string, body: string): [number, string] {
    if (method === 'POST') {
      return [201, ''];
    }
    const there = this.blobs.get(url);
    if (method === 'GET') {
      return there === undefined ? [404, ''] : [200, there];
    }
    if (there !== undefined) {
      return [409, 'a secret of the answer'];
    }
    this.blobs.set(url, body);
    return [201, ''];
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server?.closeAllConnections();
      this.#server?.close(() => resolve());
    });
  }
}

const standIn = new StandIn();
let origin: string;
beforeAll(async () => {
  origin = await standIn.start();
});
beforeEach(() => {
  standIn.asked.length = 0;
  standIn.refuses = false;
});
afterAll(() => standIn.stop());

describe('copies in a container', () => {
  it('are put where none is, with a token, and are read again', async () => {
    const copies = headCopies(`${origin}/trail`, token);
    expect(await copies.read(contoso, 1)).toBeUndefined();
    await copies.write(contoso, 1, head(1));
    expect(await copies.read(contoso, 1)).toEqual(head(1));
    const put = standIn.asked.find(({ method }) => method === 'PUT');
    expect(put?.path).toBe('/trail/contoso/000000001.json');
    expect(put?.headers).toMatchObject({
      authorization: 'Bearer a-token',
      'if-none-match': '*',
      'x-ms-blob-type': 'BlockBlob',
      'x-ms-version': expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    });
  });

  it('are never replaced, and a refusal is told without what came with it', async () => {
    const copies = headCopies(`${origin}/trail`, token);
    await copies.write(contoso, 2, head(2));
    await expect(copies.write(contoso, 2, head(3))).rejects.toThrow(/^Blob Storage answered 409\.$/);
    expect(await copies.read(contoso, 2)).toEqual(head(2));
  });
});

describe('entries for an event hub', () => {
  it('go in batches below the limit of a request, each an event of its own', async () => {
    const events = Array.from({ length: 30 }, (_, number) => ({ number, text: 'x'.repeat(50_000) }));
    await eventHub(`${origin}/hub`, token).send(events);
    expect(standIn.asked.length).toBeGreaterThan(1);
    const sent = standIn.asked.flatMap(({ method, path: to, headers, body }) => {
      expect([method, to]).toEqual(['POST', '/hub/messages?api-version=2014-01']);
      expect(headers['content-type']).toBe('application/vnd.microsoft.servicebus.json');
      expect(headers.authorization).toBe('Bearer a-token');
      expect(body.length).toBeLessThan(1_000_000);
      return (JSON.parse(body) as { Body: string }[]).map(({ Body }) => JSON.parse(Body).number);
    });
    expect(sent).toEqual(events.map(({ number }) => number));
  });

  it('that are not taken fail', async () => {
    standIn.refuses = true;
    await expect(eventHub(`${origin}/hub`, token).send([{}])).rejects.toThrow('The event hub answered 503.');
  });

  it('are remembered by their head', async () => {
    const storage = await testStorage();
    const tenant = freshTenant();
    const sent = sentHeads(storage);
    expect(await sent.read(tenant)).toBe(0);
    await sent.write(tenant, 12);
    expect(await sentHeads(storage).read(tenant)).toBe(12);
  });
});

it('heads are found by when they were written', async () => {
  const storage = await testStorage();
  const tenant = freshTenant();
  await ensureTables(storage, tenant, ['Audit']);
  const store = auditHeadStore(storage);
  await store.add(tenant, 1, head(1));
  expect((await store.read(tenant, new Date(0))).map(({ number }) => number)).toEqual([1]);
  expect(await store.read(tenant, new Date('2999-01-01T00:00:00Z'))).toEqual([]);
});

it('a head that was cut off with its entries is missed where there is a copy of it', async () => {
  const storage = await testStorage();
  const tenant = freshTenant();
  const folder = await mkdtemp(path.join(tmpdir(), 'copies-'));
  const copies = headCopies(folder);
  const [audit, heads] = [auditStore(storage), auditHeadStore(storage)];
  const now = () => new Date('2026-03-15T13:00:00.000Z');
  const seal = trailSealing({
    ...{ audit, heads, tenants: [tenant], secret, now },
    logger: createLogger('info', now, () => undefined),
    afterwards: { copies: copyingTo(copies, heads) },
  });
  for (const number of [1, 2]) {
    await audit.write([anAuditEntry(number, { time: `2026-03-15T12:0${number}:00.000Z`, tenant })]);
    await seal(new AbortController().signal);
  }
  const verify = () => verifyTrail({ dataStorage: testDataStorage(), tenant, now: now(), copies });
  expect((await verify()).faults).toEqual([]);
  const table = storage.table(`${tenant}Audit`);
  const [, second = expect.fail()] = await table.list("PartitionKey eq 'heads'");
  await table.transactRepeatable([{ remove: second }]);
  expect(linesOf(await verify())[0]).toContain('The head 2 was removed: there is a copy of it.');
  const file = path.join(folder, tenant, '000000001.json');
  expect(JSON.parse(await readFile(file, 'utf8'))).toHaveProperty('signature');
  await chmod(file, 0o600);
  await rm(folder, { recursive: true });
});
