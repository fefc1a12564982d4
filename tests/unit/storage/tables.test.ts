import { expect, test } from 'vitest';
import { dataTables } from '#contoso/stores/tables';
import { tenantId } from '#platform/identity/tenant';
import { serviceTables, tableName } from '#platform/storage/tables';

test('a table is named after its tenant', () => {
  expect(tableName(tenantId('contoso'), 'Accounts')).toBe('contosoAccounts');
});

test('no table name is the end of another, so no two tenants can share a table', () => {
  // Table Storage compares names without regard to case.
  const names = [...dataTables, ...serviceTables].map((name) => name.toLowerCase());
  for (const name of names) {
    expect(names.filter((other) => other.endsWith(name))).toEqual([name]);
  }
});

test('the longest tenant slug still makes a name of 63 characters or fewer', () => {
  const longest = tenantId(`t${'x'.repeat(30)}`);
  expect(Math.max(...dataTables.map((table) => tableName(longest, table).length))).toBeLessThanOrEqual(63);
});
