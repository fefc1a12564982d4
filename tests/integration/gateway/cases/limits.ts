import assert from 'node:assert/strict';
import { limits } from '../tight-limits.ts';
import { assertForwarded, assertRefused } from './assertions.ts';
import { type Case, type Outcome, send, type Tenant, tenants } from './case.ts';

function assertLimited(outcome: Outcome): void {
  const seconds = outcome.headers.get('retry-after') ?? '';
  assert.match(seconds, /^([1-9]|[1-5]\d|60)$/);
  assertRefused(outcome, 429, 'Too Many Requests', `Too many calls. Try again in ${seconds} seconds.`);
}

/**
 * One user goes far over the user's limit, refused calls and forbidden ones included; the others of the tenant have what
 * the limit of the tenant leaves, which the refused calls have not used up. Tokens that do not say who
 * calls count against nobody.
 */
const countedCases = tenants.map(
  (tenant): Case => ({
    name: `calls of a user and of a whole tenant are limited at ${tenant}, the user's first`,
    variant: 'tight',
    async run(edge, surroundings) {
      const nobody = async () => {
        const token = await surroundings.authority.token(tenant, { oid: undefined });
        return send(edge, surroundings, { tenant, path: '/mcp', token });
      };
      const call = async (oid: string, of: Tenant, headers: Record<string, string> = {}) =>
        send(edge, surroundings, {
          tenant: of,
          path: '/mcp',
          token: await surroundings.authority.token(of, { oid }),
          headers,
        });
      for (let calls = 0; calls < limits.tenant; calls += 1) {
        assert.equal((await nobody()).status, 401);
      }
      const forbidden = await call('first', tenant, {
        'mcp-method': 'tools/call',
        'mcp-name': 'pay_invoice',
      });
      assert.equal(forbidden.status, 403);
      for (let calls = 1; calls < limits.user; calls += 1) {
        assertForwarded(await call('first', tenant), tenant);
      }
      for (let calls = 0; calls < limits.tenant; calls += 1) {
        assertLimited(await call('first', tenant));
      }
      for (let calls = limits.user; calls < limits.tenant; calls += 1) {
        assertForwarded(await call('second', tenant), tenant);
      }
      assertLimited(await call('third', tenant));
    },
  }),
);

const longBodyCases = tenants.map(
  (tenant): Case => ({
    name: `calls with too long a body count, at ${tenant}`,
    variant: 'tight-for-users',
    async run(edge, surroundings) {
      const token = await surroundings.authority.token(tenant, { oid: `long-bodies-at-${tenant}` });
      const call = { tenant, path: '/mcp', token } as const;
      const body = ' '.repeat(1_000_000);
      for (let calls = 0; calls < limits.user; calls += 1) {
        assert.equal((await send(edge, surroundings, { ...call, body })).status, 413);
      }
      assertLimited(await send(edge, surroundings, call));
    },
  }),
);

export const limitCases: readonly Case[] = [...countedCases, ...longBodyCases];
