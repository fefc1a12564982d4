import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from '#shared/settings';
import { startGateway } from '../../emulators/gateway/gateway.ts';
import { localNamedValues } from '../../emulators/gateway/local-values.ts';
import { bulkWrite } from '../../seed/writing/bulk.ts';
import { createApp } from '../../shared/app.ts';
import { type Authority, audience, directoryId, startAuthority } from '../integration/gateway/authority.ts';
import { everyBackend } from '../integration/gateway/world.ts';
import { freshTenant, testStorage } from '../support/azurite.ts';
import { type HttpServer, serveHttp } from '../support/serve-http.ts';
import { environment } from '../support/service.ts';
import { smallDataset } from '../support/small-dataset.ts';
import { doorAt } from './door.ts';
import { eras } from './door-messages.ts';
import { asks, clients, type Way } from './missing-permission-asks.ts';
import { startTarget, type Target } from './target.ts';

/**
 * A permission is a role, which an administrator gives and no sign-in can. A client that is told to get another token
 * sends its user to sign in, in vain, and never shows why.
 */

let target: Target;

let backend: HttpServer;
let authority: Authority;
let behind: HttpServer;
let gateway: Awaited<ReturnType<typeof startGateway>>;

const serve = (app: Pick<Target['app'], 'mcp' | 'agentic'>) =>
  serveHttp((request) =>
    (new URL(request.url).pathname.startsWith('/agentic') ? app.agentic : app.mcp)(request),
  );

beforeAll(async () => {
  target = await startTarget();
  backend = await serve(target.app);
  authority = await startAuthority();
  const slug = freshTenant();
  const tenant = { slug, tid: directoryId('contoso'), data: smallDataset };
  await bulkWrite(await testStorage(), slug, smallDataset);
  const settings = readSettings({ ...environment([tenant]), AZURE_FUNCTIONS_ENVIRONMENT: 'Development' });
  behind = await serve(await createApp({ settings, logger: { log: () => {} } }));
  gateway = await startGateway({
    namedValues: (origin) =>
      localNamedValues({
        origin,
        authority: authority.origin,
        audience,
        scope: 'mcp.access',
        backendKey: 'only the gateway knows this key.',
      }),
    backends: everyBackend(`http://127.0.0.1:${behind.port}`),
  });
});

afterAll(async () => {
  await gateway?.stop();
  await Promise.all([backend?.close(), behind?.close(), authority?.stop(), target?.stop()]);
});

const ways: readonly Way[] = [
  {
    way: 'the service itself',
    address: (path) => `http://127.0.0.1:${backend.port}${path}`,
    token: (roles, claims = {}) => target.authority.mint(target.tenants[0].tid, { roles, ...claims }),
  },
  {
    way: 'the gateway',
    address: (path) => `${gateway.origin}/contoso-mcp${path}`,
    token: (roles) => authority.token('contoso', { roles: [...roles] }),
  },
];

describe.each(ways)('a missing permission at $way', ({ address, token }) => {
  describe.each(clients)('%s', (_name, connect) => {
    it.each(asks)('$what: the person reads whom to ask, and no sign-in begins', async (asked) => {
      const lookedUp: string[] = [];
      const client = await connect(address(asked.path), await token(asked.roles), lookedUp);
      try {
        await expect(asked.ask(client)).rejects.toThrow(
          `needs the permission ${asked.needs}; ask your administrator for a role that has it.`,
        );
        expect(lookedUp).toEqual([]);
      } finally {
        await client.close();
      }
    });
  });

  it.each(eras)('has no challenge (%s)', async (era) => {
    for (const { path, name } of [
      { path: '/mcp', name: 'unlock_account' },
      { path: '/agentic/mcp', name: 'ask_billing_expert' },
    ]) {
      const door = doorAt(new URL(address(path)).origin, (request) =>
        fetch(new Request(address(path), request)),
      );
      const { status, headers } = await door.callTool(await token(['billing']), name, {}, { era });
      expect([name, status, headers.get('www-authenticate')]).toEqual([name, 403, null]);
    }
  });
});

describe('a token that lacks the scope', () => {
  it.each(clients)('%s: a sign-in begins, which can give it', async (_name, connect) => {
    const url = ways[0]?.address('/mcp') ?? '';
    const without = target.authority.mint(target.tenants[0].tid, { scp: 'User.Read' });
    const lookedUp: string[] = [];
    const connecting = connect(url, without, lookedUp);
    await expect(connecting).rejects.toThrow();
    expect(lookedUp).toContain('/.well-known/oauth-protected-resource/mcp');
  });

  it('is told the scope by its full name', async () => {
    const without = target.authority.mint(target.tenants[0].tid, { scp: 'User.Read' });
    const { headers } = await target.rpc({ method: 'tools/list', token: without });
    expect(headers.get('www-authenticate')).toContain('error="insufficient_scope"');
    expect(headers.get('www-authenticate')).toContain('scope="http://localhost:7071/mcp/mcp.access"');
  });
});
