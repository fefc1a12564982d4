import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { callsOfUnit, callsOfUser, group, type UnitEdge, type UnitSurroundings } from './unit-world.ts';

const outside = 'This address is for a business unit that you do not belong to; ask your administrator.';
const noTool = 'There is nothing of this name here; ask for the list to see what you may use.';

interface Call {
  readonly route: string;
  /** Of the caller; the rest of a token is a person of Contoso. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Seen {
  readonly status: number;
  readonly detail: unknown;
  /** Id of the backend that the call reached, with the tenant that the gateway told it. */
  readonly reached: readonly string[];
  /** What a backend was told of a refusal. */
  report(backend: string): Promise<Record<string, unknown>>;
}

/**
 * What the edge has to do for business units; calls of one gateway are counted, so their order matters.
 * @throws AssertionError at the first thing that it does otherwise
 */
export async function assertKeepsUnitsApart(edge: UnitEdge, around: UnitSurroundings): Promise<void> {
  const send = (call: Call) => sendTo(edge, around, call);
  const passes = async (call: Call, backend: string, slug: string) => {
    const seen = await send(call);
    assert.deepEqual([seen.status, ...seen.reached], [200, `${backend} ${slug}`]);
  };
  const refuses = async (call: Call, backend: string, reason: string, detail: string) => {
    const seen = await send(call);
    assert.deepEqual([seen.status, seen.detail, ...seen.reached], [403, detail]);
    const { oid } = call.claims;
    const report = await seen.report(backend);
    assert.deepEqual([report.status, report.reason, report.oid], [403, reason, oid]);
    assert.ok(edge.events.some(({ metadata }) => metadata?.oid === oid));
  };
  const sales = (claims: object): Call => ({ route: 'contoso-sales-mcp', claims: { ...claims } });
  const finance = (claims: object, tool?: string): Call => ({
    route: 'contoso-finance-mcp',
    claims: { ...claims },
    ...(tool !== undefined && { headers: { 'mcp-method': 'tools/call', 'mcp-name': tool } }),
  });
  const whole = (claims: object, headers = {}): Call => ({
    route: 'contoso-mcp',
    claims: { ...claims },
    headers,
  });

  await passes(sales({ oid: 'member', roles: ['query', 'sales'] }), 'contoso-sales', 'contososales');
  await passes(sales({ oid: 'in-group', groups: ['x', group] }), 'contoso-sales', 'contososales');
  await passes(finance({ oid: 'auditor', roles: ['audit'] }), 'contoso-finance', 'contosofinance');
  for (const [oid, claims] of Object.entries({
    'of-contoso': { roles: ['query', 'security'] },
    'of-finance': { roles: ['finance'] },
    'of-nothing': {},
    'too-many-groups': { roles: ['query'], _claim_names: { groups: 'src1' }, hasgroups: true },
    'role-as-group': { groups: ['sales'], roles: [group] },
    'other-group': { groups: ['ab000000-0000-4000-8000-000000000002'] },
  })) {
    await refuses(sales({ ...claims, oid }), 'contoso-sales', 'business_unit', outside);
  }
  await refuses(
    finance({ oid: 'of-sales', roles: ['sales'], groups: [group] }),
    'contoso-finance',
    'business_unit',
    outside,
  );

  await passes(whole({ oid: 'of-contoso' }), 'contoso', 'contoso');
  await passes(whole({ oid: 'liar' }, { 'x-tenant-id': 'contososales' }), 'contoso', 'contoso');
  assert.equal((await send({ ...whole({ oid: 'member' }), route: 'contoso-hr-mcp' })).status, 404);

  const payer = { oid: 'payer', roles: ['finance', 'billing'] };
  await refuses(finance(payer, 'pay_invoice'), 'contoso-finance', 'unknown_tool', noTool);
  await passes(finance(payer, 'get_billing_summary'), 'contoso-finance', 'contosofinance');
  await passes(finance(payer, 'no_such_tool'), 'contoso-finance', 'contosofinance');

  // outsiders are counted, each for himself, and take nothing from the unit's calls
  for (let call = 0; call < callsOfUser; call += 1) {
    await refuses(finance({ oid: 'knocker' }), 'contoso-finance', 'business_unit', outside);
  }
  assert.equal((await send(finance({ oid: 'knocker' }))).status, 429);
  const membersBefore = 4;
  for (let call = membersBefore; call < callsOfUnit; call += 1) {
    await passes(finance({ oid: 'member', roles: ['finance'] }), 'contoso-finance', 'contosofinance');
  }
  assert.equal((await send(finance({ oid: 'one-too-many', roles: ['finance'] }))).status, 429);
  // one unit's calls are nobody else's, and a person has them at each
  await passes(whole({ oid: 'member', roles: ['sales'] }), 'contoso', 'contoso');
}

async function sendTo(
  { origin }: UnitEdge,
  { authority, backends }: UnitSurroundings,
  { route, claims, headers }: Call,
): Promise<Seen> {
  const trace = randomBytes(16).toString('hex');
  const traceparent = `00-${trace}-${trace.slice(0, 16)}-01`;
  const response = await fetch(`${origin}/${route}/mcp`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await authority.token('contoso', claims)}`,
      traceparent,
      'x-case': trace,
      ...headers,
    },
    body: '{}',
  });
  const text = await response.text();
  const detail = response.status === 403 ? (JSON.parse(text) as { detail: unknown }).detail : undefined;
  const reached = Object.entries(backends).flatMap(([id, backend]) =>
    backend.arrivals(trace).map((arrival) => `${id} ${String(arrival.headers['x-tenant-id'])}`),
  );
  return {
    status: response.status,
    detail,
    reached,
    async report(id) {
      const backend = backends[id];
      assert.ok(backend);
      return JSON.parse((await backend.reported(traceparent)).body) as Record<string, unknown>;
    },
  };
}
