import { beforeEach, describe, expect, it } from 'vitest';
import { type AuditEntry, AuditTrail } from '#platform/access/audit';
import type { Principal } from '#platform/identity/principal';
import { tenantId } from '#platform/identity/tenant';
import type { Refusal } from '#platform/mcp/endpoint';
import { createLogger } from '#platform/telemetry/log';
import { refusalRecorder } from '#shared/composition/refusals';

const ada: Principal = {
  tenant: tenantId('contoso'),
  user: 'tid:ada',
  application: 'test',
  actor: 'person',
  roles: [],
  permissions: new Set(),
  expiresAt: Number.MAX_SAFE_INTEGER,
};

/** Refusals of unverified callers that are recorded in a minute. */
const most = 600;

let time: number;
let lines: { readonly message: string; readonly level: string; readonly reason?: string }[];
let entries: AuditEntry[];
let lost: number;
let trail: AuditTrail;
let refuse: (refusal: Partial<Refusal>) => void;
beforeEach(() => {
  [time, lines, entries, lost] = [0, [], [], 0];
  const now = () => new Date(time);
  const logger = createLogger('info', now, (line) => lines.push(JSON.parse(line)));
  trail = new AuditTrail({ write: async (written) => void entries.push(...written) }, () => {
    lost += 1;
  });
  const record = refusalRecorder({ trail, signingKey: 'k'.repeat(32), now, logger });
  const request = new Request('http://localhost/mcp');
  let requests = 0;
  refuse = (refusal) => {
    requests += 1;
    const correlationId = `request-${requests}`;
    record({ principal: undefined, tool: '', reason: 'no_token', correlationId, request, ...refusal });
  };
});

function flood(requests: number, reason = 'not_from_gateway'): void {
  for (let count = 0; count < requests; count += 1) {
    refuse({ reason });
  }
}

const recorded = () => lines.filter(({ message }) => message === 'request refused').length;

describe('a flood of requests of nobody in particular', () => {
  it('fills neither the log nor the audit trail', async () => {
    flood(20_000);
    await trail.flush();
    expect([recorded(), entries.length, lost]).toEqual([most, most, 0]);
  });

  it('is said to be one, once a minute', () => {
    flood(most);
    expect(lines).toHaveLength(most);
    flood(1_000);
    expect(lines).toHaveLength(most + 1);
    expect(lines.at(-1)).toMatchObject({ level: 'warn', message: 'refused requests not recorded' });
  });

  it('leaves room for those who are known', async () => {
    flood(20_000);
    refuse({ principal: ada, tool: 'unlock_account', reason: 'missing:security.write' });
    await trail.flush();
    expect(lines.at(-1)).toMatchObject({ message: 'request refused', reason: 'missing:security.write' });
    expect(entries.at(-1)).toMatchObject({ user: 'tid:ada', reason: 'missing:security.write' });
  });

  it('is recorded again in the next minute', () => {
    flood(most + 1);
    time = 60_000;
    flood(1, 'wrong_host');
    expect(lines.at(-1)).toMatchObject({ message: 'request refused', reason: 'wrong_host' });
  });
});

it('refusals of those who are known are recorded, however many they are', () => {
  for (let count = 0; count < most + 10; count += 1) {
    refuse({ principal: ada });
  }
  expect(recorded()).toBe(most + 10);
});
