import { beforeEach, describe, expect, it } from 'vitest';
import { forbidden, limited, otherTid, RefusalDoor, tid, unproven } from './refusal-door.ts';

/** Refusals that are recorded one by one in a minute. */
const mostRecorded = 600;

let door: RefusalDoor;
beforeEach(() => {
  door = new RefusalDoor();
});

describe('what the gateway refused', () => {
  it('is in the trail of the tenant whose route was called, when the token proved who asked', async () => {
    const [first, second] = [forbidden(), limited()];
    expect([await door.report(first), await door.report(second)]).toEqual([204, 204]);
    const common = { tenant: 'contoso', user: `${tid}:${first.oid}`, application: first.application };
    expect(await door.entries()).toMatchObject([
      { ...common, decision: 'denied', outcome: 'refused', reason: first.reason, tool: 'unlock_account' },
      { ...common, decision: 'denied', outcome: 'refused', reason: 'too_many_calls', tool: '' },
    ]);
    expect(door.lines.map(({ reason }) => reason)).toEqual([first.reason, 'too_many_calls']);
  });

  it('is found under the id that the gateway’s own log has', async () => {
    const refused = forbidden();
    await door.report(refused);
    expect(await door.entries()).toMatchObject([{ id: refused.id, correlationId: refused.id }]);
  });

  it('holds no word of a client’s', async () => {
    await door.report({ ...limited(), tool: 'no tool of ours' });
    expect(await door.entries()).toMatchObject([{ tool: '' }]);
  });

  it('is recorded one by one so often in a minute, for each tenant, and more is said once', async () => {
    for (let count = 0; count < mostRecorded + 5; count += 1) {
      await door.report(limited());
    }
    await door.report({ ...forbidden(), tenant: 'fabrikam', tid: otherTid });
    const all = await door.entries();
    expect(all.filter(({ tenant }) => tenant === 'contoso')).toHaveLength(mostRecorded);
    expect(all.filter(({ tenant }) => tenant === 'fabrikam')).toHaveLength(1);
    const warnings = door.lines.filter(({ message }) => message === 'refused requests not recorded');
    expect(warnings).toHaveLength(1);
    door.time = 60_000;
    await door.report(limited());
    expect(await door.entries()).toHaveLength(mostRecorded + 2);
  });
});

describe('what nobody proved to have sent', () => {
  it('is one entry a minute and reason, with its number, under no tenant', async () => {
    for (let count = 0; count < 1_000; count += 1) {
      await door.report(unproven());
    }
    await door.report(unproven('TokenNotPresent'));
    await door.report({ ...unproven('TokenIssuerNotAllowed'), status: 403 });
    await door.report(unproven('SomethingNew'));
    await door.report({ ...unproven('SignInLimitExceeded'), status: 429 });
    await door.report({ ...unproven('SignInRequestRefused'), status: 415 });
    await door.report({ ...unproven('SignInRequestRefused'), status: 413 });
    expect(await door.entries()).toMatchObject([
      { tenant: undefined, user: '', tool: '', decision: 'denied', reason: 'expired', count: 1_000 },
      { tenant: undefined, reason: 'no_token', count: 1 },
      { tenant: undefined, reason: 'issuer', count: 1 },
      { tenant: undefined, reason: 'invalid_token', count: 1 },
      { tenant: undefined, reason: 'too_many_sign_ins', count: 1 },
      { tenant: undefined, reason: 'sign_in_request', count: 2 },
    ]);
    expect(door.lost).toBe(0);
  });

  it('goes on in the same entry after a part of it was written', async () => {
    await door.report(unproven());
    await door.entries();
    await door.report(unproven());
    expect(await door.entries()).toMatchObject([{ reason: 'expired', count: 2 }]);
  });

  it('begins a new entry with the next minute', async () => {
    await door.report(unproven());
    door.time = 60_000;
    await door.report(unproven());
    expect(await door.entries()).toMatchObject([{ count: 1 }, { count: 1 }]);
  });
});
