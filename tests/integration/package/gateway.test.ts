import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { putResource, removeFormerApis } from '#gateway/deploy/apply';
import { apiMark, gatewayResources, type Resource } from '#gateway/deploy/resources';
import { readGatewaySource } from '#gateway/deploy/source';
import { describeNamedValues } from '#gateway/generate/named-values';
import { readBundle } from '#gateway/language/bundle';
import { policiesFolder, readRegistry } from '#gateway/registry';

const wanted = describeNamedValues(readRegistry());
const { description } = readBundle(policiesFolder);

/** Values of a deployment, as a person writes them down. */
function goodValues() {
  const keyVaultSecret = 'https://vault.example/secrets/gateway-key';
  return {
    namedValues: Object.fromEntries(
      Object.entries(wanted)
        .filter(([, { addressOf }]) => addressOf === undefined)
        .map(([name, { example, secret }]) => [name, secret ? { keyVaultSecret } : example]),
    ) as Record<string, unknown>,
    backends: Object.fromEntries(
      description.backends.map(({ id }) => [id, `https://${id}.example`]),
    ) as Record<string, unknown>,
  };
}

const resourcesOf = (values: unknown) => gatewayResources(readGatewaySource(JSON.stringify(values)));

describe('the resources of the gateway', () => {
  it('are each there once, and come after what they refer to', () => {
    const paths = resourcesOf(goodValues()).map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    const kinds = ['namedValues/', 'backends/', 'policyFragments/', 'policies/policy', 'apis/'];
    const order = paths.map((path) => kinds.findIndex((kind) => path.startsWith(kind)));
    expect(order).toEqual([...order].sort());
    for (const path of paths.filter((one) => one.startsWith('apis/'))) {
      const api = path.split('/').slice(0, 2).join('/');
      expect(paths.indexOf(api)).toBeLessThanOrEqual(paths.indexOf(path));
    }
  });

  it('hold every policy file', () => {
    const { texts } = readGatewaySource(JSON.stringify(goodValues()));
    const written = resourcesOf(goodValues()).map(({ properties }) => properties.value);
    for (const [file, value] of texts) {
      expect(written, file).toContain(value);
    }
  });

  it('read secrets from the key vault', () => {
    const key = resourcesOf(goodValues()).find(({ path }) => path === 'namedValues/backend-key');
    expect(key?.properties).toEqual({
      displayName: 'backend-key',
      secret: true,
      keyVault: { secretIdentifier: 'https://vault.example/secrets/gateway-key' },
    });
  });

  it('know where each backend is from its address, which is given once', () => {
    const values = goodValues();
    values.backends.contoso = 'https://contoso.example/';
    const url = resourcesOf(values).find(({ path }) => path === 'namedValues/backend-url-contoso');
    expect(url?.properties).toEqual({
      displayName: 'backend-url-contoso',
      secret: false,
      value: 'https://contoso.example',
    });
  });

  const wrong: [string, (values: ReturnType<typeof goodValues>) => void, string][] = [
    ['a missing value', (all) => delete all.namedValues.authority, 'the named value authority is missing'],
    [
      'an unknown backend',
      (all) => (all.backends.stranger = 'https://x.example'),
      'stranger is used nowhere',
    ],
    [
      'the address of a backend twice',
      (all) => (all.namedValues['backend-url-contoso'] = 'https://x.example'),
      'the named value backend-url-contoso is used nowhere',
    ],
    ['a secret in the open', (all) => (all.namedValues['backend-key'] = 'abc'), 'backend-key is a secret'],
    ['a backend without TLS', (all) => (all.backends.contoso = 'http://x.example'), 'backends.contoso'],
  ];
  it.each(wrong)('are not made from %s', (_, spoil, message) => {
    const values = goodValues();
    spoil(values);
    expect(() => resourcesOf(values)).toThrow(message);
  });
});

describe('writing a resource', () => {
  const resource: Resource = { path: 'namedValues/a', properties: { value: 'b' } };
  const service = '/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/n';
  const requests: { method: string; url: string; token: string; body: string }[] = [];
  /** What the double of the resource manager answers, one after the other. */
  let answers: { status: number; headers?: Record<string, string>; body?: unknown }[];
  let manager: Server;
  let origin: string;

  beforeEach(async () => {
    requests.length = 0;
    manager = createServer(async (request, response) => {
      requests.push(await received(request));
      const { status, headers = {}, body = {} } = answers.shift() ?? { status: 500 };
      response.writeHead(status, headers).end(JSON.stringify(body));
    }).listen(0, '127.0.0.1');
    await once(manager, 'listening');
    origin = `http://127.0.0.1:${(manager.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    manager.close();
    manager.closeAllConnections();
    await once(manager, 'close');
  });

  async function received(request: IncomingMessage) {
    const { method = '', url = '', headers } = request;
    return { method, url, token: headers.authorization ?? '', body: await text(request) };
  }

  const put = () => putResource({ origin, service, token: async () => 'secret' }, resource);

  it('sends it to the service with a token', async () => {
    answers = [{ status: 201 }];
    await put();
    expect(requests).toEqual([
      {
        method: 'PUT',
        url: `${service}/namedValues/a?api-version=2024-05-01`,
        token: 'Bearer secret',
        body: '{"properties":{"value":"b"}}',
      },
    ]);
  });

  it.each([
    ['location', { status: 202, body: {} }],
    ['azure-asyncoperation', { status: 200, body: { status: 'InProgress' } }],
  ])('waits for an operation that goes on (%s)', async (header, unfinished) => {
    const headers = { [header]: `${origin}/operations/1`, 'retry-after': '0' };
    answers = [{ status: 202, headers }, { ...unfinished, headers: { 'retry-after': '0' } }, { status: 200 }];
    await put();
    expect(requests.map(({ method, url }) => `${method} ${url.split('?')[0]}`)).toEqual([
      `PUT ${service}/namedValues/a`,
      'GET /operations/1',
      'GET /operations/1',
    ]);
  });

  it('says what the service refused', async () => {
    const error = { message: 'One or more fields.', details: [{ message: "Unknown policy 'x'." }] };
    answers = [{ status: 400, body: { error } }];
    await expect(put()).rejects.toThrow("namedValues/a: 400 One or more fields. Unknown policy 'x'.");
  });

  it('says when an operation failed later', async () => {
    const headers = { 'azure-asyncoperation': `${origin}/operations/1`, 'retry-after': '0' };
    const failed = { status: 'Failed', error: { message: 'No such secret.' } };
    answers = [
      { status: 202, headers },
      { status: 200, body: failed },
    ];
    await expect(put()).rejects.toThrow('No such secret.');
  });

  it('removes the APIs of tenants that left, and nobody else’s', async () => {
    const mine = { description: apiMark };
    answers = [
      { status: 200, body: { value: [api('contoso-mcp', mine)], nextLink: `${origin}/page/2` } },
      { status: 200, body: { value: [api('gone-mcp', mine), api('theirs', {})] } },
      { status: 200 },
    ];
    const management = { origin, service, token: async () => 'secret' };
    const kept: Resource = { path: 'apis/contoso-mcp', properties: {} };
    expect(await removeFormerApis(management, [kept])).toEqual(['apis/gone-mcp']);
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET ${service}/apis?api-version=2024-05-01`,
      'GET /page/2',
      `DELETE ${service}/apis/gone-mcp?api-version=2024-05-01&deleteRevisions=true`,
    ]);
  });

  it('says what the service answers when it may not be asked', async () => {
    answers = [{ status: 403, body: { error: { message: 'No access.' } } }];
    const management = { origin, service, token: async () => 'secret' };
    await expect(removeFormerApis(management, [])).rejects.toThrow('apis: 403 No access.');
  });
});

const api = (name: string, properties: object) => ({ name, properties });
