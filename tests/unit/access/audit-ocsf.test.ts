import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '#platform/access/audit';
import { ocsfOf } from '#platform/access/audit-ocsf';
import { actors } from '#platform/identity/actor';
import { anAuditEntry } from '../../support/audit-entry.ts';
import { apiActivity } from './ocsf-api-activity.ts';

const time = '2026-03-15T12:00:00.000Z';
const entry = (more: Partial<AuditEntry> = {}) => anAuditEntry(7, { time, tenant: 'contoso', ...more });

describe('an entry of the trail as an event of OCSF', () => {
  it.each<[string, Partial<AuditEntry>]>([
    ['a call', {}],
    ['a call that began', { outcome: 'started' }],
    ['a refused call', { decision: 'denied', outcome: 'forbidden', reason: 'missing:billing.read' }],
    [
      'requests of callers that could not be verified',
      { tenant: undefined, user: '', application: '', tool: '', count: 12 },
    ],
    ['a call with a fraction of a millisecond', { durationMs: 1.6 }],
    ...actors.map((actor): [string, Partial<AuditEntry>] => [`a call of kind ${actor}`, { actor }]),
    ['a question with tokens', { inputTokens: 5, outputTokens: 6, cost: 0.1, currency: 'EUR', by: 'expert' }],
  ])('%s fits the class', (_, more) => {
    expect(() => apiActivity.parse(ocsfOf(entry(more)))).not.toThrow();
    const link = { shard: 's', position: 3, previous: '', hash: 'h' };
    expect(() => apiActivity.parse(ocsfOf(entry(more), link))).not.toThrow();
  });

  it('and what does not fit is refused', () => {
    const { time: _, ...without } = ocsfOf(entry());
    expect(() => apiActivity.parse(without)).toThrow();
    expect(() => apiActivity.parse({ ...ocsfOf(entry()), surprise: 1 })).toThrow();
  });

  it('says who did what, when, and how it ended', () => {
    expect(ocsfOf(entry({ actor: 'agent' }))).toMatchObject({
      time: Date.parse(time),
      status: 'Success',
      metadata: { uid: 'id-7', correlation_uid: 'c-7', tenant_uid: 'contoso' },
      actor: {
        app_uid: 'app',
        user: { uid: 'tid:ada', type: 'Agent' },
        authorizations: [{ decision: 'allowed' }],
      },
      api: { operation: 'pay' },
      unmapped: { by: 'caller', argumentDigest: 'digest', actor: 'agent' },
    });
    expect(ocsfOf(entry({ outcome: 'not_found' }))).toMatchObject({ status_id: 2, status_code: 'not_found' });
    expect(ocsfOf(entry({ decision: 'denied' }))).toMatchObject({ status_id: 2 });
  });

  it('leaves nothing out', () => {
    const whole = entry({ calledAs: 'old', parentApplication: 'p', token: 't', inputTokens: 1 });
    const text = JSON.stringify(ocsfOf(whole));
    for (const value of Object.values(whole)) {
      const said = value === time ? String(Date.parse(time)) : JSON.stringify(value);
      expect(text, String(value)).toContain(value === 'ok' ? '"status_code":"ok"' : said);
    }
  });
});
