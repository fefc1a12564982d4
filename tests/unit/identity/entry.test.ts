import { describe, expect, it } from 'vitest';
import { Forbidden } from '#platform/identity/authenticator';
import { readClaims } from '#platform/identity/claims';
import { type Entry, refuseOutsiders } from '#platform/identity/entry';

const group = 'ab000000-0000-4000-8000-000000000001';
const entry: Entry = { roles: ['sales', 'Sales.Lead'], groups: [group] };

/** What the service makes of a verified token with these claims. */
function enter(claims: object, way: Entry | undefined = entry): string {
  const read = readClaims({ tid: 'T', oid: 'o', azp: 'a', exp: 1, ...claims });
  if (read === undefined) {
    throw new Error('This is no access token.');
  }
  try {
    refuseOutsiders(way, read);
    return 'in';
  } catch (error) {
    expect(error).toBeInstanceOf(Forbidden);
    expect(error).toMatchObject({ reason: 'business_unit' });
    return (error as Error).message;
  }
}

const outside = 'This address is for a business unit that you do not belong to; ask your administrator.';

describe('a business unit', () => {
  it.each([
    ['one of its roles', { roles: ['query', 'sales'] }],
    ['another of them', { roles: ['Sales.Lead'] }],
    ['its group', { groups: [group] }],
    ['its group in other letters', { groups: [group.toUpperCase()] }],
    ['a role, though the groups were left out', { roles: ['sales'], _claim_names: { groups: 'src1' } }],
  ])('lets in who has %s', (_what, claims) => {
    expect(enter(claims)).toBe('in');
  });

  it.each([
    ['nothing', {}],
    ['the role of another unit', { roles: ['finance', 'query'] }],
    ['a role that begins like it', { roles: ['sales2', 'sale'] }],
    ['the role in other letters', { roles: ['SALES'] }],
    ['the role as a text', { roles: 'sales' }],
    ['the role among the groups', { groups: ['sales'] }],
    ['the group among the roles', { roles: [group] }],
    ['the group as a text', { groups: group }],
    ['another group', { groups: ['ab000000-0000-4000-8000-000000000002'] }],
  ])('does not let in who has %s', (_what, claims) => {
    expect(enter(claims)).toBe(outside);
  });

  it.each([
    [
      '_claim_names',
      { _claim_names: { groups: 'src1' }, _claim_sources: { src1: { endpoint: 'https://x' } } },
    ],
    ['hasgroups', { hasgroups: true }],
  ])('says so when the directory left the groups out (%s), and asks nobody', (_what, claims) => {
    expect(enter(claims)).toMatch(/^Your token does not list your groups/);
    expect(enter(claims, { roles: ['sales'] })).toBe(outside);
  });

  it('that is none is open to everybody of the directory', () => {
    refuseOutsiders(undefined, { roles: [], groups: [], groupsLeftOut: false });
    expect(enter({ roles: [], groups: [] }, { roles: ['x'] })).toBe(outside);
  });
});
