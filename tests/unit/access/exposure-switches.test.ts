import { describe, expect, it, test } from 'vitest';
import { permissionsOf, roles } from '#contoso/access/roles';
import { contoso } from '#contoso/business';
import { callerKey, exposureOf, openTo, type Viewer } from '#platform/access/exposure';
import type { EndpointName } from '#platform/access/offer';
import { type Stoppable, type SwitchedOff, switchesOf } from '#platform/access/switches';
import { tenantId } from '#platform/identity/tenant';
import { describeOffers } from '#platform/offers';
import { exposureTable } from './exposure-table.ts';

const [contosoId, fabrikam] = [tenantId('contoso'), tenantId('fabrikam')];
const { tools, prompts, resources } = describeOffers(contoso, [contosoId, fabrikam]);
const endpoints: readonly EndpointName[] = [
  'mcp',
  'agentic',
  'expert:billing',
  'expert:account',
  'expert:product',
];
/** Tools that change records, written by hand. */
const changing = [
  ...['pay_invoice', 'create_support_ticket', 'update_subscription', 'unlock_account'],
  'decide_approval',
];

function viewer(endpoint: EndpointName, off: readonly SwitchedOff[], isRead = true, tenant = contosoId) {
  const permissions = permissionsOf(roles);
  const switches = switchesOf(1, off, isRead);
  return { permissions, tenant, actor: 'person' as const, endpoint, switches } satisfies Viewer;
}

/** Names of the tools that are open at an endpoint to somebody with every role. */
function open(endpoint: EndpointName, ...more: [readonly SwitchedOff[], boolean?, typeof contosoId?]) {
  return openTo(tools, viewer(endpoint, ...more)).map(({ thing }) => thing.name);
}

/** The same, when nothing is off. */
const all = (endpoint: EndpointName) => open(endpoint, []);

const offFor = (tenant: SwitchedOff['tenant'], what: Stoppable) => [{ tenant, what }];

describe.each(endpoints)('at %s', (endpoint) => {
  const rows = exposureTable.filter(([kind, , at]) => kind === 'tool' && at.includes(endpoint));
  const asking = (domain: string) => [`ask_${domain}_expert`, `hand_to_${domain}_expert`];

  it.each(rows.map(([, name]) => name))(
    '%s that is switched off is not there, and the others are',
    (name) => {
      // who may not ask an expert has nothing handed to it either
      const gone = [name, name.replace(/^ask_(.+)_expert$/, 'hand_to_$1_expert')];
      for (const tenant of [contosoId, undefined]) {
        expect(open(endpoint, offFor(tenant, `tool:${name}`))).toEqual(
          all(endpoint).filter((one) => !gone.includes(one)),
        );
      }
      expect(open(endpoint, offFor(fabrikam, `tool:${name}`))).toEqual(all(endpoint));
    },
  );

  it('no change is there when changes are off, or it cannot be told whether they are', () => {
    const reading = all(endpoint).filter((name) => !changing.includes(name));
    expect(open(endpoint, offFor(contosoId, 'changes'))).toEqual(reading);
    expect(open(endpoint, [], false)).toEqual(reading);
    expect(open(endpoint, offFor(fabrikam, 'changes'))).toEqual(all(endpoint));
  });

  it.each(['billing', 'account', 'product'])('an expert that is off is asked by nobody (%s)', (domain) => {
    expect(open(endpoint, offFor(contosoId, `expert:${domain}`))).toEqual(
      endpoint === `expert:${domain}` ? [] : all(endpoint).filter((name) => !asking(domain).includes(name)),
    );
    expect(open(endpoint, offFor(contosoId, `expert:${domain}`), true, fabrikam)).toEqual(all(endpoint));
  });

  it('nothing is there for a tenant that is off, and all for another', () => {
    for (const offer of [...tools, ...prompts, ...resources]) {
      const exposures = [contosoId, fabrikam].map((tenant) =>
        exposureOf(offer, viewer(endpoint, offFor(contosoId, 'everything'), true, tenant)),
      );
      expect(exposures).toEqual(offer.at.includes(endpoint) ? ['off', 'open'] : ['absent', 'absent']);
    }
  });
});

test('who lacks the permission does not learn what is off', () => {
  const nobody = { ...viewer('mcp', offFor(contosoId, 'everything')), permissions: new Set<string>() };
  const exposures = tools.filter(({ at }) => at.includes('mcp')).map((offer) => exposureOf(offer, nobody));
  expect(new Set(exposures)).toEqual(new Set(['withheld']));
});

test('nor does a program learn of what is for people', () => {
  const agent = { ...viewer('mcp', offFor(contosoId, 'everything')), actor: 'agent_for_person' as const };
  const unlock = tools.filter(({ thing }) => thing.name === 'unlock_account');
  expect(unlock.map((offer) => exposureOf(offer, agent))).toEqual(['for_people']);
});

test('what is kept for a caller is not kept beyond a turn', () => {
  const [before, after] = [1, 2].map((version) => switchesOf(version, [], true));
  const keyWith = (switches: typeof before) => callerKey({ ...viewer('mcp', []), switches });
  expect(keyWith(before)).not.toBe(keyWith(after));
});
