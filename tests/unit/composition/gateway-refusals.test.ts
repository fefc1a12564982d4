import { beforeEach, describe, expect, it } from 'vitest';
import { type AuditEntry, AuditTrail } from '#platform/access/audit';
import { tenantId } from '#platform/identity/tenant';
import type { Endpoint } from '#platform/mcp/endpoint';
import { createLogger } from '#platform/telemetry/log';
import { gatewayRefusals } from '#shared/composition/gateway-refusals/endpoint';
import { refusalRecorder } from '#shared/composition/refusals';

const key = 'only the gateway knows this key';
const tid = 'c0000000-0000-4000-8000-000000000001';
const otherTid = 'f0000000-0000-4000-8000-000000000002';

/** Refusals that are recorded one by one in a minute, and reports that are looked at. */
const [mostRecorded, mostReports] = [600, 6_000];

let time: number;
let lines: Record<string, unknown>[];
let stored: Map<string, AuditEntry>;
let lost: number;
let trail: AuditTrail;
let endpoint: Endpoint;
beforeEach(() => {
  [time, lines, stored, lost] = [0, [], new Map(), 0];
  const write = async (entries: readonly AuditEntry[]) => {
    for (const entry of entries) {
      stored.set(entry.id, entry);
    }
  };
  trail = new AuditTrail({ write }, () => {
    lost += 1;
  });
  endpoint = endpointWith([key]);
});

function endpointWith(gatewayKeys: readonly string[]): Endpoint {
  const now = () => new Date(time);
  const logger = createLogger('info', now, (line) => lines.push(JSON.parse(line)));
  const records = { trail, signingKey: 'k'.repeat(32), now, logger };
  return gatewayRefusals({
    ...records,
    gatewayKeys,
    tenants: [
      { slug: tenantId('contoso'), tenantIds: [tid], displayName: 'Contoso' },
      { slug: tenantId('fabrikam'), tenantIds: [otherTid], displayName: 'Fabrikam' },
    ],
    isTool: (name) => name === 'unlock_account',
    refused: refusalRecorder(records),
  });
}

let ids = 0;
function newId(): string {
  ids += 1;
  return `a0000000-0000-4000-8000-${String(ids).padStart(12, '0')}`;
}

const forbidden = () => ({
  id: newId(),
  tenant: 'contoso',
  status: 403,
  reason: 'missing:security.write',
  tool: 'unlock_account',
  tid,
  oid: '0b000000-0000-4000-8000-000000000001',
  application: 'e0000000-0000-4000-8000-00000000000e',
});
const limited = () => ({ ...forbidden(), status: 429, reason: 'too_many_calls', tool: '' });
const unproven = (reason = 'TokenExpired') => ({ id: newId(), tenant: 'contoso', status: 401, reason });

async function report(body: unknown, headers: Record<string, string> = { 'x-gateway-key': key }) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const request = new Request('http://backend/gateway/refusals', { method: 'POST', headers, body: text });
  return (await endpoint(request)).status;
}

async function entries(): Promise<AuditEntry[]> {
  await trail.flush();
  return [...stored.values()];
}

describe('what the gateway refused', () => {
  it('is in the trail of the tenant whose route was called, when the token proved who asked', async () => {
    const [first, second] = [forbidden(), limited()];
    expect([await report(first), await report(second)]).toEqual([204, 204]);
    const common = { tenant: 'contoso', user: `${tid}:${first.oid}`, application: first.application };
    expect(await entries()).toMatchObject([
      { ...common, decision: 'denied', outcome: 'refused', reason: first.reason, tool: 'unlock_account' },
      { ...common, decision: 'denied', outcome: 'refused', reason: 'too_many_calls', tool: '' },
    ]);
    expect(lines.map(({ reason }) => reason)).toEqual([first.reason, 'too_many_calls']);
  });

  it('is found under the id that the gateway’s own log has', async () => {
    const refused = forbidden();
    await report(refused);
    expect(await entries()).toMatchObject([{ id: refused.id, correlationId: refused.id }]);
  });

  it('holds no word of a client’s', async () => {
    await report({ ...limited(), tool: 'no tool of ours' });
    expect(await entries()).toMatchObject([{ tool: '' }]);
  });

  it('is recorded one by one so often in a minute, for each tenant, and more is said once', async () => {
    for (let count = 0; count < mostRecorded + 5; count += 1) {
      await report(limited());
    }
    await report({ ...forbidden(), tenant: 'fabrikam', tid: otherTid });
    const all = await entries();
    expect(all.filter(({ tenant }) => tenant === 'contoso')).toHaveLength(mostRecorded);
    expect(all.filter(({ tenant }) => tenant === 'fabrikam')).toHaveLength(1);
    const warnings = lines.filter(({ message }) => message === 'refused requests not recorded');
    expect(warnings).toHaveLength(1);
    time = 60_000;
    await report(limited());
    expect(await entries()).toHaveLength(mostRecorded + 2);
  });
});

describe('what nobody proved to have sent', () => {
  it('is one entry a minute and reason, with its number, under no tenant', async () => {
    for (let count = 0; count < 1_000; count += 1) {
      await report(unproven());
    }
    await report(unproven('TokenNotPresent'));
    await report({ ...unproven('TokenIssuerNotAllowed'), status: 403 });
    await report(unproven('SomethingNew'));
    await report({ ...unproven('SignInLimitExceeded'), status: 429 });
    await report({ ...unproven('SignInRequestRefused'), status: 415 });
    await report({ ...unproven('SignInRequestRefused'), status: 413 });
    expect(await entries()).toMatchObject([
      { tenant: undefined, user: '', tool: '', decision: 'denied', reason: 'expired', count: 1_000 },
      { tenant: undefined, reason: 'no_token', count: 1 },
      { tenant: undefined, reason: 'issuer', count: 1 },
      { tenant: undefined, reason: 'invalid_token', count: 1 },
      { tenant: undefined, reason: 'too_many_sign_ins', count: 1 },
      { tenant: undefined, reason: 'sign_in_request', count: 2 },
    ]);
    expect(lost).toBe(0);
  });

  it('goes on in the same entry after a part of it was written', async () => {
    await report(unproven());
    await entries();
    await report(unproven());
    expect(await entries()).toMatchObject([{ reason: 'expired', count: 2 }]);
  });

  it('begins a new entry with the next minute', async () => {
    await report(unproven());
    time = 60_000;
    await report(unproven());
    expect(await entries()).toMatchObject([{ count: 1 }, { count: 1 }]);
  });
});

describe('the door for reports', () => {
  it('is not there without a gateway key', async () => {
    endpoint = endpointWith([]);
    expect([await report(forbidden()), await report(forbidden(), {})]).toEqual([404, 404]);
    expect(await entries()).toEqual([]);
  });

  it.each([
    ['no key', {}],
    ['another key', { 'x-gateway-key': `${key}.` }],
    ['an empty key', { 'x-gateway-key': '' }],
    ['a token instead', { authorization: `Bearer ${key}` }],
  ])('is closed to whoever has %s, and says so on record', async (_, headers) => {
    expect(await report(forbidden(), headers)).toBe(403);
    expect(await entries()).toMatchObject([{ tenant: undefined, reason: 'not_from_gateway' }]);
  });

  it('takes the old and the new key while one is replaced', async () => {
    endpoint = endpointWith(['the new one', key]);
    expect(await report(forbidden(), { 'x-gateway-key': 'the new one' })).toBe(204);
    expect(await report(forbidden())).toBe(204);
  });

  it.each<[string, () => unknown]>([
    ['no JSON', () => 'hello'],
    ['nothing', () => ''],
    ['a list', () => [forbidden()]],
    ['a tenant that is not served', () => ({ ...forbidden(), tenant: 'stranger' })],
    ["a caller of another tenant's directory", () => ({ ...forbidden(), tid: otherTid })],
    ['a caller without a directory', () => ({ ...forbidden(), tid: '' })],
    ['another status', () => ({ ...forbidden(), status: 200 })],
    ['a reason in words', () => ({ ...forbidden(), reason: 'because I say so' })],
    ['an id that is none', () => ({ ...forbidden(), oid: 'a\u2028b' })],
    ['something more', () => ({ ...unproven(), token: 'abc' })],
    ['a caller for whom nothing speaks', () => ({ ...unproven(), oid: forbidden().oid })],
  ])('refuses %s', async (_, body) => {
    expect(await report(body())).toBe(400);
    expect(await entries()).toEqual([]);
  });

  it('reads so much and no more', async () => {
    expect(await report({ ...unproven(), reason: 'x'.repeat(2_048) })).toBe(413);
    expect(await entries()).toEqual([]);
  });

  it('looks at so many in a minute, and says once that there are more', async () => {
    for (let count = 0; count < mostReports; count += 1) {
      await report(unproven());
    }
    expect([await report(unproven()), await report(forbidden())]).toEqual([429, 429]);
    expect(await entries()).toMatchObject([{ count: mostReports }]);
    expect(lines).toMatchObject([{ level: 'warn', message: 'refused requests not recorded' }]);
    time = 60_000;
    expect(await report(forbidden())).toBe(204);
  });
});
