import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiApp } from '#emulators/identity/directory';
import type { RegisteredTenant } from '#gateway/registry';
import { accessToken, callerOf } from '#scripts/client/access';
import { currentClient } from '#scripts/demo/clients';
import { smallDataset } from '../support/small-dataset.ts';
import { gatewayKey, startUnitWorld, type UnitWorld, unit, whole } from './unit-world.ts';

let world: UnitWorld;
beforeAll(async () => {
  world = await startUnitWorld();
});
afterAll(() => world?.stop());

const tokenAt = (tenant: RegisteredTenant, user: string) =>
  accessToken(world.addressOf(tenant), callerOf({ user }));
const clientAt = async (tenant: RegisteredTenant, user: string) =>
  currentClient({
    url: world.addressOf(tenant),
    token: await tokenAt(tenant, user),
    agree: async () => true,
  });

/** One bare request. */
async function knock(
  url: string,
  token: string,
  headers: Readonly<Record<string, string>> = {},
  message: object = { method: 'tools/list' },
) {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
      Authorization: `Bearer ${token}`,
      ...headers,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...message }),
  });
  return { status: response.status, text: await response.text() };
}

const outside = 'This address is for a business unit that you do not belong to; ask your administrator.';
const pastTheGateway = { 'X-Gateway-Key': gatewayKey, 'X-Tenant-Id': unit.slug };

describe('somebody of the business unit', () => {
  it('finds the way in from its address, and gets its tools and no other', async () => {
    const client = await clientAt(unit, 'bill@contoso');
    expect(await client.toolNames()).toEqual(['get_customer_detail', 'get_billing_summary', 'pay_invoice']);
    await client.close();
  });

  it('works with the data of the unit, which is not that of the whole organisation', async () => {
    const named: unknown[] = [];
    for (const tenant of [unit, whole]) {
      const client = await clientAt(tenant, 'bill@contoso');
      const { data } = await client.call('get_customer_detail', { customer_id: 1 });
      named.push((data as { first_name: unknown }).first_name);
      await client.close();
    }
    expect(named).toEqual(['Unity', smallDataset.customers[0]?.first_name]);
  });

  it('cannot call what the unit does not have, at the gateway or past it', async () => {
    const token = await tokenAt(unit, 'bill@contoso');
    const call = { 'Mcp-Method': 'tools/call', 'Mcp-Name': 'get_products' };
    const refused = await knock(world.addressOf(unit), token, call);
    expect([refused.status, refused.text]).toEqual([
      403,
      expect.stringContaining('There is nothing of this name here'),
    ]);
    const message = { method: 'tools/call', params: { name: 'get_products', arguments: {} } };
    const past = await knock(world.directly(unit), token, pastTheGateway, message);
    expect(past.text).toContain('There is nothing of this name here');
    const allowed = await knock(world.directly(whole), token, pastTheGateway, message);
    expect(allowed.text).toContain('product_id');
  });
});

describe('somebody of the organisation without the role', () => {
  it('is refused at the gateway, and the unit’s trail has it', async () => {
    const token = await tokenAt(whole, 'quinn@contoso');
    const { status, text } = await knock(world.addressOf(unit), token);
    expect([status, text]).toEqual([403, expect.stringContaining(outside)]);
    await expect
      .poll(() => world.logLines.filter((line) => line.includes('"reason":"business_unit"')).length)
      .toBeGreaterThan(0);
  });

  it('is refused by the backend as well, whatever the headers say', async () => {
    const token = await tokenAt(whole, 'quinn@contoso');
    const { status, text } = await knock(world.directly(unit), token, pastTheGateway);
    expect([status, text]).toEqual([403, expect.stringContaining(outside)]);
  });

  it('stays in the organisation’s own part with every header of the unit', async () => {
    const token = await tokenAt(whole, 'quinn@contoso');
    const listed = await knock(world.addressOf(whole), token, { 'X-Tenant-Id': unit.slug });
    expect(listed.status).toBe(200);
    expect(listed.text).toContain('get_products');
  });

  it('comes in by no other address: of a unit that does not exist there is nothing', async () => {
    const token = await tokenAt(whole, 'quinn@contoso');
    expect((await knock(`${world.gateway}/contoso-hr-mcp/mcp`, token)).status).toBe(404);
  });
});

describe('a token whose groups were left out', () => {
  const minted = (claims: Readonly<Record<string, unknown>>) => {
    const { tenant, user } = callerOf({ user: 'quinn@contoso' });
    const now = Math.floor(Date.now() / 1000);
    return world.identity.mint(tenant.slug, {
      iss: world.identity.issuerOf(tenant.slug),
      aud: apiApp.clientId,
      tid: tenant.tid,
      oid: user.oid,
      sub: user.oid,
      azp: 'client',
      ver: '2.0',
      scp: apiApp.scope,
      iat: now,
      nbf: now,
      exp: now + 600,
      ...claims,
    });
  };

  it.each([
    [
      'by _claim_names',
      { _claim_names: { groups: 'src1' }, _claim_sources: { src1: { endpoint: 'http://127.0.0.1:9' } } },
    ],
    ['by hasgroups', { hasgroups: true }],
    ['for a role among its groups', { groups: ['billing'] }],
    ['for a role that is a text', { roles: 'billing' }],
  ])('is refused at both places (%s)', async (_how, claims) => {
    const token = await minted(claims);
    expect((await knock(world.addressOf(unit), token)).status).toBe(403);
    expect((await knock(world.directly(unit), token, pastTheGateway)).status).toBe(403);
  });

  it('is good where a role lets its holder in', async () => {
    const token = await minted({ roles: ['billing'], hasgroups: true });
    expect((await knock(world.addressOf(unit), token)).status).toBe(200);
  });
});
