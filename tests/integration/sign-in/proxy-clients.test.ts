import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DocumentsServer, serveDocuments } from '../../support/documents-server.ts';
import {
  answered,
  authorizeUrl,
  codeFor,
  newBrowser,
  type ProxyWorld,
  redeem,
  redirectUri,
  refresh,
  register,
  startWithClient,
} from './proxy-world.ts';

/** Which clients may be used: those that register themselves, that have a document, or that are listed. */

let world: ProxyWorld;
let base: string;
let client: string;

beforeAll(async () => {
  ({ world, base, client } = await startWithClient());
});

afterAll(() => world?.close());

describe('registration', () => {
  it('answers what was registered: a public client with those redirects that are allowed', async () => {
    const response = await fetch(`${base}/oauth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://any.example' },
      body: JSON.stringify({
        client_name: 'An <editor>',
        redirect_uris: ['https://vscode.dev/redirect', 'https://evil.example/', 'http://127.0.0.1:33418/'],
        token_endpoint_auth_method: 'client_secret_basic',
      }),
    });
    expect(response.status).toBe(201);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    const body = (await response.json()) as { client_id: string };
    expect(body).toMatchObject({
      client_name: 'An <editor>',
      redirect_uris: ['https://vscode.dev/redirect', 'http://127.0.0.1:33418/'],
      token_endpoint_auth_method: 'none',
    });
    expect(body.client_id.length).toBeLessThan(500);
  });

  it.each([
    [{ redirect_uris: ['https://evil.example/'] }, 'invalid_redirect_uri'],
    [{ redirect_uris: [] }, 'invalid_redirect_uri'],
    [{ redirect_uris: 'http://127.0.0.1/' }, 'invalid_redirect_uri'],
    [
      {
        redirect_uris: Array.from(
          { length: 20 },
          (_, at) => `http://localhost/${'abcdefghijklmnopqrst'.slice(at)}${Math.sin(at)}${Math.cos(at)}`,
        ),
      },
      'invalid_client_metadata',
    ],
  ])('of %j is refused', async (metadata, error) => {
    await expect(register(base, metadata)).rejects.toThrow(error);
  });

  it('a flood of which is answered so often in a minute', async () => {
    const start = Date.now() + 3_600_000;
    world.change({ now: () => new Date(start) });
    const statuses = await Promise.all(
      Array.from({ length: 260 }, async () => {
        const body = JSON.stringify({ redirect_uris: [redirectUri] });
        const headers = { 'content-type': 'application/json' };
        return (await fetch(`${base}/oauth/register`, { method: 'POST', headers, body })).status;
      }),
    );
    world.change({ now: () => new Date() });
    // two instances, 120 each
    expect(statuses.filter((status) => status === 201)).toHaveLength(240);
    expect(statuses.filter((status) => status === 429)).toHaveLength(20);
  });

  it('can be switched off', async () => {
    world.change({ registration: false });
    const response = await fetch(`${base}/oauth/register`, { method: 'POST' });
    const metadata = (await (await fetch(`${base}/.well-known/openid-configuration`)).json()) as object;
    const known = await newBrowser().open(authorizeUrl(base, client));
    world.change({ registration: true });
    expect(response.status).toBe(404);
    expect(metadata).not.toHaveProperty('registration_endpoint');
    expect(known.status).toBe(400);
  });
});

describe('a client whose id is the address of a document', () => {
  const id = 'https://client.example/about.json';
  let documents: DocumentsServer;

  beforeAll(async () => {
    documents = await serveDocuments(['client.example'], (_request, response) => {
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ client_id: id, client_name: 'Documented', redirect_uris: [redirectUri] }));
    });
    world.change({ reach: documents.reach });
  });

  afterAll(async () => {
    world.change({ reach: undefined });
    await documents?.close();
  });

  it('is vouched for by its host, and signs in without a registration', async () => {
    const browser = newBrowser();
    const asked = await browser.open(authorizeUrl(base, id));
    expect(asked.page).toMatch(
      /Documented<\/bdi>, by its own account; it is vouched for by <strong>client\.example/,
    );
    const code = answered(await browser.submit(asked, { decision: 'allow' })).get('code') ?? '';
    expect(await redeem(base, id, code)).toMatchObject({ status: 200 });
    expect(world.records.at(-1)).toMatchObject({ client: id });
  });
});

describe('clients that are listed', () => {
  it('are the only ones that may be used', async () => {
    const { body } = await redeem(base, client, await codeFor(base, client));
    world.change({ allowedClients: ['mcp-inspector'] });
    const inspector = { redirect_uri: 'http://127.0.0.1:6274/oauth/callback' };
    const allowed = await newBrowser().open(authorizeUrl(base, 'mcp-inspector', inspector));
    const unlisted = await newBrowser().open(authorizeUrl(base, client));
    const refreshed = await refresh(base, client, body.refresh_token);
    const registering = await fetch(`${base}/oauth/register`, { method: 'POST' });
    world.change({ allowedClients: [] });
    expect(allowed.page).toContain('MCP Inspector</bdi>, which this service knows');
    expect(unlisted.status).toBe(400);
    expect(refreshed).toMatchObject({ body: { error: 'unauthorized_client' } });
    expect(registering.status).toBe(404);
  });

  it('that are known otherwise are told so', async () => {
    world.change({ allowedClients: ['claude'] });
    const inspector = { redirect_uri: redirectUri.replace('/callback', '/oauth/callback') };
    const browser = newBrowser();
    const place = await browser
      .open(authorizeUrl(base, 'mcp-inspector', inspector))
      .catch((error: Error) => error);
    world.change({ allowedClients: [] });
    const last = new URL(browser.visited.at(-1) ?? '');
    expect(last.searchParams.get('error'), String(place)).toBe('unauthorized_client');
    expect(last.searchParams.get('iss')).toBe(base);
  });
});
