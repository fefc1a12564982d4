import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { directoryId } from '../authority.ts';
import type { Report } from '../backend.ts';
import { backendKey, type EdgeUnderTest, limits, type Surroundings } from '../world.ts';
import { type Call, type Case, everywhere, otherOf, send, type Tenant, tenants } from './case.ts';

/** Says which of many reports is about a request: the gateway hands the client's trace on. */
export const newTrace = () => `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Sends a request and returns what its tenant's backend heard of it. */
async function reportOf(
  edge: EdgeUnderTest,
  surroundings: Surroundings,
  call: Call,
  status: number,
): Promise<Record<string, unknown>> {
  const traceparent = newTrace();
  const { headers } = call;
  const outcome = await send(edge, surroundings, { ...call, headers: { ...headers, traceparent } });
  assert.equal(outcome.status, status);
  const report = await backendOf(call.tenant, surroundings).reported(traceparent);
  for (const [tenant, backend] of surroundings.backends) {
    assert.equal(backend.reports(traceparent).length, tenant === call.tenant ? 1 : 0);
  }
  assertFromGateway(report, call);
  const { id, ...rest } = JSON.parse(report.body) as Record<string, unknown>;
  assert.match(String(id), guid);
  return rest;
}

function backendOf(tenant: Tenant, { backends }: Surroundings) {
  const backend = backends.get(tenant);
  assert.ok(backend);
  return backend;
}

function assertFromGateway({ method, headers, body }: Report, { token }: Call): void {
  assert.equal(method, 'POST');
  assert.equal(headers['content-type'], 'application/json');
  assert.equal(headers['x-gateway-key'], backendKey);
  assert.equal(headers.authorization, undefined);
  if (token !== undefined) {
    assert.ok(!(JSON.stringify(headers) + body).includes(token));
  }
}

const application = 'e0000000-0000-4000-8000-00000000000e';
const longAgo = Math.floor(Date.now() / 1000) - 7200;

/** Where the token proves nothing, nothing but the reason is passed on. */
const unproven: readonly [
  what: string,
  status: number,
  reason: string,
  token: (surroundings: Surroundings, tenant: Tenant) => Promise<string | undefined>,
][] = [
  ['no token', 401, 'TokenNotPresent', async () => undefined],
  [
    'an expired token',
    401,
    'TokenExpired',
    ({ authority }, tenant) => authority.token(tenant, { iat: longAgo, nbf: longAgo, exp: longAgo + 3600 }),
  ],
  ['a forged token', 401, 'TokenSignatureKeyNotFound', ({ authority }, tenant) => authority.forged(tenant)],
  [
    'a token without an object id',
    401,
    'TokenClaimNotFound',
    ({ authority }, tenant) => authority.token(tenant, { oid: undefined }),
  ],
  [
    "another organisation's token",
    403,
    'TokenIssuerNotAllowed',
    ({ authority }, tenant) => authority.token(otherOf(tenant)),
  ],
];

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
  ...limitedCases,
  ...backendDown,
];
