import { describe, expect, it } from 'vitest';
import { permissions } from '#contoso/access/permissions';
import { permissionsOf, permissionTable, reserved, roles } from '#contoso/access/roles';

describe('the permission table', () => {
  it('grants nothing without a known role', () => {
    expect(permissionsOf([]).size).toBe(0);
    expect(permissionsOf(['admin', 'Security', 'QUERY', '__proto__']).size).toBe(0);
  });

  it('lets the role query read everything but the security log', () => {
    const query = permissionsOf(['query']);
    expect(query.has('customers.read')).toBe(true);
    expect(query.has('security.read')).toBe(false);
    expect([...query].filter((permission) => permission.endsWith('.write'))).toEqual([]);
  });

  it('adds up the roles a caller has', () => {
    const both = permissionsOf(['query', 'billing']);
    expect(both.has('orders.read')).toBe(true);
    expect(both.has('billing.write')).toBe(true);
    expect(both.has('subscriptions.write')).toBe(false);
  });

  it('gives everything to security alone, but for what others ask for', () => {
    const all = [...permissions].filter((permission) => permission !== 'approvals.decide');
    expect([...permissionsOf(['security'])].sort()).toEqual(all.sort());
  });

  it('lets the role approver decide on what others ask for, and nobody else', () => {
    expect([...permissionsOf(['approver'])]).toEqual(['approvals.decide']);
    expect(permissionsOf(roles.filter((role) => role !== 'approver'))).not.toContain('approvals.decide');
  });

  it.each(permissions)('%s is for a role besides security, unless it is reserved', (permission) => {
    const others = roles.filter((role) => role !== 'security' && permissionTable[role].includes(permission));
    const advice = reserved.includes(permission)
      ? `${permission} is reserved for security, but ${others.join(' and ')} may do it too: take it out of one of the two in shared/contoso/access/roles.ts.`
      : `No role but security has ${permission}: add it to a role in shared/contoso/access/roles.ts, or to what is reserved there.`;
    expect(others.length > 0, advice).toBe(!reserved.includes(permission));
  });

  it('follows the names that an administrator chose', () => {
    const names = { security: 'Contoso.SecOps' };
    expect(permissionsOf(['security'], names).size).toBe(0);
    expect(permissionsOf(['Contoso.SecOps'], names).has('security.write')).toBe(true);
  });
});
