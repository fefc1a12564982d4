import assert from 'node:assert/strict';
import { readRegistry } from '#gateway/registry';
import { hasOwnServer } from '#gateway/sign-in';
import { directoryId } from '../authority.ts';
import { scope } from '../world.ts';
import { preflight } from './browser.ts';
import { type Case, everywhere, scopePrefix } from './case.ts';

const registered = new Map(readRegistry().tenants.map((tenant) => [tenant.slug as string, tenant]));
const wellKnown = '/.well-known/oauth-protected-resource';

/** The document at its place between host and path (RFC 9728), and below the endpoint itself. */
export const metadataCases: readonly Case[] = everywhere((tenant, path) => ({
  name: `${tenant} ${path} has its protected-resource metadata, open to everyone`,
  variant: 'ordinary',
  async run(edge, { authority }) {
    const known = registered.get(tenant);
    assert.ok(known);
    const endpoint = `/${tenant}-mcp${path}`;
    for (const place of [`${wellKnown}${endpoint}`, `${endpoint}${wellKnown}`]) {
      const response = await fetch(`${edge.origin}${place}`, {
        headers: { origin: 'https://any.example.com' },
      });
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('content-type'), 'application/json');
      assert.equal(response.headers.get('cache-control'), 'public, max-age=3600');
      assert.equal(response.headers.get('access-control-allow-origin'), '*');
      assert.deepEqual(await response.json(), {
        resource: `${edge.origin}${endpoint}`,
        resource_name: known.displayName,
        authorization_servers: [
          hasOwnServer(known)
            ? `${edge.origin}/${known.route}`
            : `${authority.origin}/${directoryId(tenant)}/v2.0`,
        ],
        scopes_supported: [`${scopePrefix(edge, tenant, path)}${scope}`],
        bearer_methods_supported: ['header'],
      });
      const { headers } = await preflight(edge, place, 'https://any.example.com', 'GET');
      assert.equal(headers.get('access-control-allow-origin'), '*');
      assert.equal(headers.get('access-control-allow-methods'), 'GET');
      assert.equal(headers.get('access-control-allow-headers'), 'MCP-Protocol-Version');
      assert.equal(headers.get('access-control-max-age'), '600');
    }
  },
}));
