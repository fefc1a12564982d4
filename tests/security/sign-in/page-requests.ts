import assert from 'node:assert/strict';
import { authorize, authorizeAddress, type Outcome, register } from './requests.ts';
import type { World } from './world.ts';

export const stranger = { origin: 'https://evil.example' };
export const asks = async (world: World, name = 'A program') =>
  await authorize(world, { client: await register(world, { name }) });

export const cookiesOf = ({ headers }: { readonly headers: Headers }) => headers.getSetCookie();

/** A page with its person's question, where the service is reached by TLS. */
export async function overTls(world: World): Promise<readonly string[]> {
  const base = 'https://mcp.contoso.example';
  const { answer } = await world.instance({ PUBLIC_BASE_URL: base });
  const parameters = { redirect_uri: 'http://127.0.0.1:7998/oauth/callback', resource: undefined };
  const address = authorizeAddress({ origin: base }, { client: 'mcp-inspector', parameters });
  const response = await answer(new Request(address, { headers: { host: 'mcp.contoso.example' } }));
  assert.equal(response.status, 200, await response.text());
  return cookiesOf(response);
}

export const readableByStrangers = ({ headers }: Outcome) => headers.get('access-control-allow-origin');
