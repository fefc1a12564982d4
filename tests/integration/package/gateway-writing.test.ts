import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { putResource, removeFormerApis } from '#gateway/deploy/apply';
import { apiMark, type Resource } from '#gateway/deploy/resources';
import { api } from './gateway-source.ts';

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
    expect(await removeFormerApis(management, [kept.path])).toEqual(['apis/gone-mcp']);
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
