import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '#platform/access/audit';
import { joined } from '#scripts/trail/joined';

const entry = (changes: Partial<AuditEntry>): AuditEntry => ({
  id: 'a',
  time: '2026-11-28T12:00:00Z',
  tenant: 'contoso',
  user: 'tid:oid',
  application: 'the proxy',
  by: 'caller',
  tool: 'get_products',
  decision: 'allowed',
  reason: 'role:query',
  argumentDigest: '',
  outcome: 'ok',
  durationMs: 1,
  correlationId: 'a',
  ...changes,
});
const signIn = (token: string, application: string) => entry({ tool: 'sign-in', token, application });

describe('a call in the trail', () => {
  it('names the client that its token was given to', () => {
    const calls = [entry({ token: 'one' }), entry({ token: 'two' })];
    const [, , first, second] = joined([signIn('one', 'an editor'), signIn('two', 'a chat'), ...calls]);
    expect([first?.client, second?.client]).toEqual(['an editor', 'a chat']);
  });

  it.each([
    ['of a token that was not given here', entry({ token: 'other' })],
    ['without a token', entry({})],
    ['of a token that names the client itself', entry({ token: 'one', application: 'an editor' })],
  ])('%s is as it was', (_what, call) => {
    expect(joined([signIn('one', 'an editor'), call])[1]).toEqual(call);
  });
});
