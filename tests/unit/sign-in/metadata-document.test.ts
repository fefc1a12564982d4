import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reach } from '#platform/sign-in/clients/guarded-fetch';
import { documentedClients } from '#platform/sign-in/clients/metadata-document';
import { type DocumentsServer, serveDocuments } from '../../support/documents-server.ts';

const id = 'https://client.example/about.json';
const document = { client_id: id, client_name: 'A client', redirect_uris: ['http://127.0.0.1/cb'] };

let server: DocumentsServer;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let time: number;

beforeEach(async () => {
  time = Date.parse('2026-11-28T12:00:00Z');
  answer = json(document);
  server = await serveDocuments(['client.example'], (request, response) => answer(request, response));
});

afterEach(() => server.close());

function json(body: unknown, headers: Record<string, string> = {}, status = 200) {
  return (_request: IncomingMessage, response: ServerResponse) =>
    void response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(typeof body === 'string' ? body : JSON.stringify(body));
}

const clients = (reach: Reach = server.reach) => documentedClients({ now: () => new Date(time), reach });

describe('a client whose id is the address of a document', () => {
  it('is what the document says', async () => {
    expect(await clients().find(id)).toEqual({
      id,
      name: 'A client',
      redirects: ['http://127.0.0.1/cb'],
      known: 'document',
    });
  });

  it('without a name has that of its host', async () => {
    const { client_name: _name, ...nameless } = document;
    answer = json(nameless);
    expect(await clients().find(id)).toMatchObject({ name: 'client.example' });
  });

  it.each([
    ['about another client', { ...document, client_id: 'https://client.example/other.json' }],
    ['without an id', { redirect_uris: ['http://127.0.0.1/cb'] }],
    ['without redirects', { client_id: id }],
    ['with a secret', { ...document, token_endpoint_auth_method: 'client_secret_basic' }],
    ['that is no JSON', '<html>'],
    ['that is nested without end', '['.repeat(5_000) + ']'.repeat(5_000)],
    ['that is too long', { ...document, padding: 'x'.repeat(20_000) }],
  ])('is refused with a document %s', async (_what, body) => {
    answer = json(body);
    await expect(clients().find(id)).rejects.toMatchObject({ error: 'invalid_client', status: 400 });
  });

  it.each([
    ['elsewhere', { location: 'https://127.0.0.1/' }, 302, /redirects are not followed/],
    ['that is gone', {}, 404, /status 404/],
    ['that is a page', { 'content-type': 'text/html' }, 200, /no JSON/],
  ])('is refused with a document %s', async (_what, headers, status, sentence) => {
    answer = json(document, headers, status);
    await expect(clients().find(id)).rejects.toThrow(sentence);
  });

  it.each([
    ...[
      'https://client.example/',
      'https://client.example',
      'https://u@client.example/a',
      'https://client.example/a#b',
    ],
    ...['https://client.example:8443/a', 'https://client.example/a/../b', 'https://client.example/%2e%2e/b'],
    ...['https://CLIENT.example/a', `https://client.example/${'a'.repeat(400)}`, 'https://', 'https://a b/c'],
  ])('has no id such as %s', async (odd) => {
    await expect(clients().find(odd)).rejects.toMatchObject({ error: 'invalid_client' });
    expect(server.asked).toEqual([]);
  });

  it('is read again when its headers say so, within bounds', async () => {
    const known = clients();
    answer = json(document, { 'cache-control': 'max-age=120' });
    await known.find(id);
    time += 119_000;
    await known.find(id);
    expect(server.asked).toHaveLength(1);
    time += 2_000;
    answer = json({ ...document, client_name: 'Renamed' }, { 'cache-control': 'no-store' });
    expect(await known.find(id)).toMatchObject({ name: 'Renamed' });
    time += 59_000;
    await known.find(id);
    expect(server.asked).toHaveLength(2);
  });

  it('that fails is not asked again at once', async () => {
    const known = clients();
    answer = json('', {}, 500);
    await expect(known.find(id)).rejects.toThrow();
    await expect(known.find(id)).rejects.toThrow();
    expect(server.asked).toHaveLength(1);
    time += 31_000;
    answer = json(document);
    await known.find(id);
  });

  it('is read once for all who ask at the same time, and not many at once', async () => {
    const waiting: ServerResponse[] = [];
    answer = (_request, response) => void waiting.push(response);
    const known = clients();
    const same = [known.find(id), known.find(id)];
    const others = Promise.allSettled(Array.from({ length: 7 }, (_, index) => known.find(`${id}/${index}`)));
    await expect(known.find(`${id}/more`)).rejects.toMatchObject({ error: 'temporarily_unavailable' });
    await expect.poll(() => waiting.length).toBe(8);
    for (const response of waiting) {
      json(document)(response.req, response);
    }
    expect(await Promise.all(same)).toMatchObject([{ name: 'A client' }, { name: 'A client' }]);
    await others;
  });
});
