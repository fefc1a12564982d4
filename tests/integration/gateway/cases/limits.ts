import assert from 'node:assert/strict';
import { limits } from '../world.ts';
import { assertForwarded, assertRefused, type Case, send, type Tenant, tenants } from './case.ts';

/** One user uses up the user's limit, the next one the tenant's; the other tenant does not notice. */
export const limitCases: readonly Case[] = tenants.map((tenant) => ({
  name: `calls of a user and of a whole tenant are limited at ${tenant}`,
  variant: 'tight',
  async run(edge, surroundings) {
    const call = async (oid: string, of: Tenant) =>
      send(edge, surroundings, {
        tenant: of,
        path: '/mcp',
        token: await surroundings.authority.token(of, { oid }),
      });
    for (let calls = 0; calls < limits.user; calls += 1) assertForwarded(await call('first', tenant), tenant);
    for (const user of ['first', 'second']) {
      const outcome = await call(user, tenant);
      const seconds = outcome.headers.get('retry-after') ?? '';
      assert.match(seconds, /^([1-9]|[1-5]\d|60)$/);
      assertRefused(outcome, 429, 'Too Many Requests', `Too many calls. Try again in ${seconds} seconds.`);
    }
  },
}));
