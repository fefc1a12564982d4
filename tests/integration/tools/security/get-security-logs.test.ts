import { beforeAll, expect, test } from 'vitest';
import { getSecurityLogs } from '#contoso/tools/security/get-security-logs';
import { InvalidInput, NotFound } from '#platform/errors';
import { type Company, openCompany } from '../company.ts';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});

test('shows that the account is locked, and its events newest first', async () => {
  const { locked, logs } = await company.ask(getSecurityLogs, { customer_id: 2 });
  expect(locked).toBe(true);
  expect(logs.map((one) => [one.event_type, one.event_time])).toEqual([
    ['account_locked', '2026-03-15T11:48:00.000Z'],
    ['login_attempt', '2026-03-15T11:44:00.000Z'],
    ['login_attempt', '2026-03-15T11:40:00.000Z'],
  ]);
});

test('an account without events is not locked', async () => {
  expect(await company.ask(getSecurityLogs, { customer_id: 3 })).toEqual({ locked: false, logs: [] });
});

test('an unknown customer is not found', async () => {
  expect(await company.refusal(getSecurityLogs, { customer_id: 4 })).toBeInstanceOf(NotFound);
});

test('refuses a call without an id', async () => {
  expect(await company.refusal(getSecurityLogs, {})).toBeInstanceOf(InvalidInput);
});
