import { describe, expect, it } from 'vitest';
import { readSettings } from '#shared/settings';
import { development, problemWith } from './development.ts';

describe('how long records are kept', () => {
  it('is for ever for the trail, and a month for used confirmations, unless somebody decides', () => {
    expect(readSettings({ ...development, AUDIT_DAYS: '' }).retention).toEqual({
      auditDays: undefined,
      confirmationDays: 30,
    });
  });

  it('is what the settings say', () => {
    const { retention } = readSettings({ ...development, AUDIT_DAYS: '30', CONFIRMATION_DAYS: '1' });
    expect(retention).toEqual({ auditDays: 30, confirmationDays: 1 });
  });

  it.each([
    ['a trail that is gone before anybody looks', { AUDIT_DAYS: '29' }, /AUDIT_DAYS is "29".*30 to 3650/],
    ['none at all', { AUDIT_DAYS: '0' }, /AUDIT_DAYS is "0".*30 to 3650/],
    ['a number that is a slip', { AUDIT_DAYS: '36500' }, /AUDIT_DAYS is "36500".*30 to 3650/],
    ['words', { AUDIT_DAYS: 'a year' }, /AUDIT_DAYS is "a year"/],
    ['confirmations that could be used twice', { CONFIRMATION_DAYS: '0' }, /CONFIRMATION_DAYS is "0".*1 to/],
    ['parts of a day', { CONFIRMATION_DAYS: '0.5' }, /CONFIRMATION_DAYS is "0.5"/],
  ])('stops the start with %s', (_what, changes, message) => {
    expect(problemWith(changes)).toMatch(message);
  });
});
