import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDataStorage } from '../../support/azurite.ts';
import { runEntry, runNode } from '../../support/run.ts';

/** What a machine in a company has in its environment. */
const proxyNames = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'];

describe('with a proxy in the environment', () => {
  const asked: string[] = [];
  const proxy = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(503).end();
  });
  proxy.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n');
  });

  beforeAll(async () => {
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
  });

  afterAll(() => {
    proxy.close();
  });

  /** @param spell how the names of the variables are written */
  function environment(spell: (name: string) => string = (name) => name): Record<string, string | undefined> {
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    return {
      NO_PROXY: undefined,
      no_proxy: undefined,
      // from Node 24 on, Node's own requests go through the proxy too
      NODE_USE_ENV_PROXY: '1',
      ...Object.fromEntries(proxyNames.map((name) => [spell(name), address])),
    };
  }

  it('the local stack starts and answers, and nothing of it asks the proxy', async () => {
    const ended = await runEntry('tests/e2e/proxied/use-stack.ts', [], environment());
    expect(ended).toMatchObject({ code: 0, output: expect.stringContaining('John Doe') });
    expect(asked).toEqual([]);
  }, 240_000);

  it.each([
    ['upper case', (name: string) => name],
    ['lower case', (name: string) => name.toLowerCase()],
  ])(
    'the service itself reaches storage on its machine past one in %s, whoever starts it',
    async (_, spell) => {
      const opening = ['--import', 'tsx', 'tests/e2e/proxied/open-storage.ts', testDataStorage()];
      const ended = await runNode(opening, environment(spell));
      expect(ended).toMatchObject({ code: 0, output: expect.stringContaining('Storage answers.') });
      expect(asked).toEqual([]);
    },
  );
});
