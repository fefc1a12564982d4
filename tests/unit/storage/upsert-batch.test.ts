import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { azuriteConnectionString } from '#emulators/stack/azurite';
import { openStorage, type Storage } from '#platform/storage/connect';
import type { NewRow } from '#platform/storage/table';

let storage: Storage;
const bodies: string[] = [];

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (part) => {
    body += part;
  });
  request.on('end', () => {
    bodies.push(body);
    response.writeHead(202, { 'content-type': 'multipart/mixed; boundary=x' });
    response.end('--changesetresponse_1\r\nHTTP/1.1 204 No Content\r\n\r\n--changesetresponse_1--');
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  storage = await openStorage({
    dataStorage: azuriteConnectionString((server.address() as AddressInfo).port),
  });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const rows: readonly NewRow[] = [
  { partitionKey: "2026-01-01:a'b", rowKey: 'k:ä /?#%1\u2028', properties: {} },
  {
    partitionKey: "2026-01-01:a'b",
    rowKey: '2',
    properties: {
      text: 'say "ä\u2028"\r\n--changeset_1',
      empty: '',
      yes: true,
      long: 2n ** 60n,
      double: { type: 'Double', value: 1.5 },
      whole: { type: 'Double', value: 12 },
    },
  },
  {
    partitionKey: "2026-01-01:a'b",
    rowKey: '3',
    properties: { none: { type: 'Double', value: Number.NaN } },
  },
];

/** Every request of a batch: its line, its headers, and what it writes. */
function requestsIn(body: string): readonly unknown[] {
  const changes = /boundary=(changeset_[\w-]+)/.exec(body)?.[1] ?? 'none';
  const batch = /^--(batch_[\w-]+)\r\n/.exec(body)?.[1] ?? 'none';
  expect(body.endsWith(`\r\n--${changes}--\r\n--${batch}--\r\n`)).toBe(true);
  const parts = body.split(`\r\n--${changes}\r\n`).slice(1);
  return parts.map((part) => {
    const lines = part.split(/\r\n/);
    const json = lines.find((line) => line.startsWith('{')) ?? '';
    return [lines.filter((line) => /^[A-Zac]/.test(line)), JSON.parse(json)];
  });
}

it('writes what the library would write', async () => {
  const table = storage.table('ContosoAudit');
  await table.transactRepeatable(rows.map((upsert) => ({ upsert })));
  await table.upsertAll(rows);
  const [theirs = '', ours = ''] = bodies;
  expect(requestsIn(ours)).toEqual(requestsIn(theirs));
  expect(requestsIn(ours)).toHaveLength(rows.length);
});
