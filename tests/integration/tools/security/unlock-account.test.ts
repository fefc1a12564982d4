import { beforeEach, expect, test } from 'vitest';
import { getSecurityLogs } from '#contoso/tools/security/get-security-logs';
import { unlockAccount } from '#contoso/tools/security/unlock-account';
import { InvalidInput, NotFound, Refused } from '#platform/errors';
import { StaleWrite } from '#platform/storage/stale-write';
import { type Company, companyWith, openCompany } from '../company.ts';

let company: Company;
beforeEach(async () => {
  company = await openCompany();
});

const request = { customer_id: 2, reason: 'Identity verified by call-back' };

test('unlocks a locked account and keeps the reason in its log', async () => {
  const result = await company.ask(unlockAccount, request);
  expect(result).toEqual({ customer_id: 2, unlocked_at: '2026-03-15T12:00:00.000Z' });
  const { locked, logs } = await company.ask(getSecurityLogs, { customer_id: 2 });
  expect(locked).toBe(false);
  expect(logs[0]).toMatchObject({
    event_type: 'account_unlocked',
    event_time: result.unlocked_at,
    description: 'Identity verified by call-back',
  });
  expect(logs).toHaveLength(4);
});

test('an account that is unlocked already is refused', async () => {
  await company.ask(unlockAccount, request);
  expect(await company.refusal(unlockAccount, request)).toBeInstanceOf(Refused);
});

test('an account that never was locked is refused', async () => {
  expect(await company.refusal(unlockAccount, { ...request, customer_id: 1 })).toEqual(
    new Refused(
      'The account of customer 1 is not locked, so there is nothing to unlock; call get_security_logs to see its history.',
    ),
  );
});

test('of two unlocks at once one happens and the other is refused', async () => {
  const unlock = () => company.askInCrowd(unlockAccount, request);
  const results = await Promise.allSettled([unlock(), unlock()]);
  expect(results.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const rejected = results.find((one) => one.status === 'rejected');
  expect(rejected?.reason).toBeInstanceOf(Refused);
  expect((await company.ask(getSecurityLogs, { customer_id: 2 })).logs).toHaveLength(4);
});

test('an unknown customer is not found', async () => {
  const error = await company.refusal(unlockAccount, { ...request, customer_id: 4 });
  expect(error).toBeInstanceOf(NotFound);
});

test.each([
  {},
  { reason: '' },
  { reason: 'a\nb' },
  { reason: 'x'.repeat(501) },
  { reason: 7 },
  { ...request, force: true },
])('refuses %j', async (wrong) => {
  const error = await company.refusal(unlockAccount, { customer_id: 2, ...wrong });
  expect(error).toBeInstanceOf(InvalidInput);
});

test('when the answer to a write is lost, the unlock is still reported as done', async () => {
  const { accounts } = company.store;
  const forgetful = companyWith(company, {
    async commit(customerId, changes) {
      await accounts.commit(customerId, changes);
      throw new StaleWrite('the answer was lost and the write was sent again');
    },
  });
  expect(await forgetful.askInCrowd(unlockAccount, request)).toEqual({
    customer_id: 2,
    unlocked_at: '2026-03-15T12:00:00.000Z',
  });
  expect((await company.ask(getSecurityLogs, { customer_id: 2 })).logs).toHaveLength(4);
});
