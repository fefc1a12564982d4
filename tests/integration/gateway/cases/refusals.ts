import assert from 'node:assert/strict';
import { directoryId } from '../authority.ts';
import { limits } from '../tight-limits.ts';
import { assertForwarded, assertRefused } from './assertions.ts';
import { type Case, everywhere, send, tenants } from './case.ts';
import { backendOf, newTrace, reportOf } from './refusal-reports.ts';

import { unproven } from './unproven-tokens.ts';

const application = 'e0000000-0000-4000-8000-00000000000e';

const unprovenCases = unproven.flatMap(([what, status, reason, tokenOf]) =>
  everywhere(
    (tenant, path): Case => ({
      name: `the backend of ${tenant} is told that ${what} came to ${path}, and not whose it may be`,
      variant: 'ordinary',
      async run(edge, surroundings) {
        const token = await tokenOf(surroundings, tenant);
        const call = {
          tenant,
          path,
          token,
          headers: { 'mcp-method': 'tools/call', 'mcp-name': 'pay_invoice' },
        };
        const report = await reportOf(edge, surroundings, call, status);
        assert.deepEqual(report, { tenant, status, reason });
      },
    }),
  ),
);

const forbiddenCases = everywhere(
  (tenant, path): Case => ({
    name: `the backend of ${tenant} is told who lacked a permission at ${path}, and hears of nothing else`,
    variant: 'ordinary',
    async run(edge, surroundings) {
      const oid = `forbidden-at-${tenant}${path}`;
      const token = await surroundings.authority.token(tenant, { oid, azp: application, roles: ['query'] });
      const traceparent = newTrace();
      const allowed = await send(edge, surroundings, { tenant, path, token, headers: { traceparent } });
      assert.equal(allowed.status, 200);
      const call = {
        tenant,
        path,
        token,
        headers: { 'mcp-method': 'tools/call', 'mcp-name': 'unlock_account' },
      };
      assert.deepEqual(await reportOf(edge, surroundings, call, 403), {
        tenant,
        status: 403,
        reason: 'missing:security.write',
        tool: 'unlock_account',
        tid: directoryId(tenant),
        oid,
        application,
      });
      assert.deepEqual(backendOf(tenant, surroundings).reports(traceparent), []);
    },
  }),
);

const longBodyCases = tenants.map(
  (tenant): Case => ({
    name: `a body that is too long by its own account ends at the edge of ${tenant}, whose backend is told`,
    variant: 'ordinary',
    async run(edge, surroundings) {
      const oid = `long-body-at-${tenant}`;
      const token = await surroundings.authority.token(tenant, { oid, azp: application });
      const call = (bytes: number) => ({ tenant, path: '/mcp', token, body: ' '.repeat(bytes) }) as const;
      assertForwarded(await send(edge, surroundings, call(999_999)), tenant);
      const report = await reportOf(edge, surroundings, call(5_000_000), 413);
      assert.deepEqual(report, {
        tenant,
        status: 413,
        reason: 'body_too_long',
        tool: '',
        tid: directoryId(tenant),
        oid,
        application,
      });
      assertRefused(
        await send(edge, surroundings, call(1_000_000)),
        413,
        'Content Too Large',
        'Send less than 1,000,000 bytes.',
      );
    },
  }),
);

const limitedCases = tenants.map(
  (tenant): Case => ({
    name: `the backend of ${tenant} is told whose calls were too many`,
    variant: 'tight-for-users',
    async run(edge, surroundings) {
      const oid = `limited-at-${tenant}`;
      const calls: [headers: Record<string, string>, tool: string][] = [
        [{ 'mcp-method': 'tools/call', 'mcp-name': 'get_products' }, 'get_products'],
        [{ 'mcp-method': 'tools/call', 'mcp-name': 'x'.repeat(65) }, ''],
        [{ 'mcp-method': 'resources/read', 'mcp-name': 'get_products' }, ''],
        [{}, ''],
      ];
      const token = await surroundings.authority.token(tenant, { oid });
      for (let sent = 0; sent < limits.user; sent += 1) {
        await send(edge, surroundings, { tenant, path: '/mcp', token });
      }
      for (const [headers, tool] of calls) {
        const report = await reportOf(edge, surroundings, { tenant, path: '/mcp', token, headers }, 429);
        assert.deepEqual(report, {
          tenant,
          status: 429,
          reason: 'too_many_calls',
          tool,
          tid: directoryId(tenant),
          oid,
          application: '',
        });
      }
    },
  }),
);

const backendDown = everywhere(
  (tenant, path): Case => ({
    name: `${tenant} ${path} refuses as ever while nobody can be told of it`,
    variant: 'without-backend',
    async run(edge, surroundings) {
      const { status } = await send(edge, surroundings, { tenant, path });
      assert.equal(status, 401);
    },
  }),
);

export const refusalCases: readonly Case[] = [
  ...unprovenCases,
  ...forbiddenCases,
  ...longBodyCases,
  ...limitedCases,
  ...backendDown,
];
