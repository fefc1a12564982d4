import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { permissionTable, type Role, roles } from '#contoso/access/roles';
import { contoso } from '#contoso/business';
import { ownExposure } from '#gateway/generate/exposure';
import { rolesFor } from '#platform/access/by-role';
import { callerKey, exposureOf, openTo, servedAt } from '#platform/access/exposure';
import type { EndpointName, Offer } from '#platform/access/offer';
import { actors } from '#platform/identity/actor';
import { tenantId } from '#platform/identity/tenant';
import { projectDir } from '#scripts/lib/project-dir';
import { exposureTable, type Row } from './exposure-table.ts';
import {
  combinations,
  endpoints,
  everything,
  expected,
  isCallable,
  nameOf,
  offers,
  served,
  stranger,
  toolsAt,
  viewer,
} from './exposure-viewers.ts';

describe.each(exposureTable.map((row) => [...row.slice(0, 2), row] as [string, string, Row]))(
  '%s %s',
  (_kind, _name, row) => {
    const offer = everything.get(nameOf(row)) as Offer;

    it.each(endpoints)(
      'is at %s to every combination of roles, and whoever acts, what the table says',
      (endpoint) => {
        for (const held of combinations) {
          for (const tenant of served) {
            for (const actor of actors) {
              const found = exposureOf(offer, viewer(held, endpoint, tenant, actor));
              const who = `${actor}, ${held.join('+') || 'no role'} of ${tenant}`;
              expect(found, who).toBe(expected(row, held, endpoint, actor));
            }
          }
        }
      },
    );

    it('is for those roles in the documents and at the gateway, too', () => {
      const enough = roles.filter((role) => row[3].includes(role));
      expect(rolesFor(offer, permissionTable)).toEqual(enough);
      if (row[0] === 'tool') {
        const atGateway = ownExposure.tools.find(({ name }) => name === row[1]);
        expect(atGateway?.roles).toEqual(isCallable(row) ? enough : undefined);
      }
    });

    it('is nothing to a tenant that is not served, nor at an endpoint that nobody knows', () => {
      for (const held of combinations) {
        for (const endpoint of endpoints) {
          expect(exposureOf(offer, viewer(held, endpoint, stranger))).toBe('absent');
        }
        for (const unknown of ['', 'admin', 'MCP', 'expert:', 'expert:nobody', '__proto__']) {
          expect(exposureOf(offer, viewer(held, unknown as EndpointName)), unknown).toBe('absent');
        }
      }
    });
  },
);

/** What the definitions and the permission table say, of things and experts that are newer than the table, too. */
describe.each<EndpointName>([
  'mcp',
  'agentic',
  ...contoso.experts.map(({ domain }): EndpointName => `expert:${domain}`),
])('at %s', (endpoint) => {
  const grants = (held: readonly Role[], permission: string) =>
    held.some((role) => permissionTable[role].some((one) => one === permission));

  it('those tools are served that are listed for it, in their order', () => {
    expect(servedAt(offers.tools, endpoint).map(({ thing }) => thing.name)).toEqual(toolsAt(endpoint));
  });

  it.each(combinations.map((held) => [held.join('+') || 'no role', held] as const))(
    '%s is listed what the permissions are enough for',
    (_name, held) => {
      const enough = (things: readonly { readonly name: string; readonly permission: string }[]) =>
        things.filter(({ permission }) => grants(held, permission)).map(({ name }) => name);
      const shown = (list: readonly Offer<{ name: string; permission: string }>[]) =>
        openTo(list, viewer(held, endpoint)).map(({ thing }) => thing.name);
      const there = offers.tools.map(({ thing }) => thing);
      expect(shown(offers.tools)).toEqual(
        enough(there.filter(({ name }) => toolsAt(endpoint).includes(name))),
      );
      expect(shown(offers.prompts)).toEqual(endpoint === 'mcp' ? enough(contoso.prompts) : []);
      const resources = offers.resources.map(({ thing }) => thing);
      expect(shown(offers.resources)).toEqual(endpoint === 'mcp' ? enough(resources) : []);
    },
  );
});

test('of what somebody asked for, nobody decides who is the same person, or not known', () => {
  const offer: Offer = {
    thing: { permission: 'approvals.decide' },
    at: ['mcp'],
    demands: 'another_person',
    requestedBy: 'tid:bill',
  };
  const approver = viewer(['approver'], 'mcp');
  expect(exposureOf(offer, approver)).toBe('for_another');
  expect(exposureOf(offer, { ...approver, user: 'tid:bill' })).toBe('for_another');
  expect(exposureOf(offer, { ...approver, user: 'tid:anna' })).toBe('open');
  for (const actor of actors.filter((one) => one !== 'person')) {
    expect(exposureOf(offer, { ...approver, user: 'tid:anna', actor })).toBe('for_people');
  }
  expect(exposureOf(offer, { ...viewer(['security'], 'mcp'), user: 'tid:anna' })).toBe('withheld');
});

test('a tenant’s offer is another’s nothing', () => {
  const offer: Offer = {
    thing: { permission: 'catalog.read' },
    at: ['mcp'],
    tenants: [tenantId('fabrikam')],
  };
  expect(exposureOf(offer, viewer(['query'], 'mcp', tenantId('fabrikam')))).toBe('open');
  expect(exposureOf(offer, viewer(['query'], 'mcp', tenantId('contoso')))).toBe('absent');
  expect(exposureOf(offer, viewer([], 'mcp', tenantId('contoso')))).toBe('absent');
});

test('who has the same key is shown the same', () => {
  for (const endpoint of endpoints) {
    const shown = new Map<string, readonly Offer[]>();
    for (const held of combinations) {
      for (const tenant of [...served, stranger]) {
        for (const actor of actors) {
          const one = viewer(held, endpoint, tenant, actor);
          const open = openTo([...everything.values()], one);
          expect(shown.get(callerKey(one)) ?? open).toEqual(open);
          shown.set(callerKey(one), open);
        }
      }
    }
    expect(shown.size).toBeGreaterThan(roles.length * served.length);
  }
});

test('the same permissions, gained by other roles, have the same key', () => {
  expect(callerKey(viewer(['query', 'security'], 'mcp'))).toBe(callerKey(viewer(['security'], 'mcp')));
});

test('what decides it is read at once', () => {
  const file = path.join(projectDir, 'shared/platform/access/exposure.ts');
  expect(readFileSync(file, 'utf8').split('\n').length).toBeLessThanOrEqual(120);
});
