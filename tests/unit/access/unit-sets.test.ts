import { describe, expect, it } from 'vitest';
import { permissionsOf, roles } from '#contoso/access/roles';
import { contoso } from '#contoso/business';
import { ownExposure } from '#gateway/generate/exposure';
import { exposureOf, openTo, viewerAt } from '#platform/access/exposure';
import type { EndpointName } from '#platform/access/offer';
import { tenantId } from '#platform/identity/tenant';
import { describeOffers } from '#platform/offers';

const [whole, sales, talk] = ['contoso', 'sales', 'talk'].map(tenantId) as [
  ReturnType<typeof tenantId>,
  ReturnType<typeof tenantId>,
  ReturnType<typeof tenantId>,
];
const offers = describeOffers(
  contoso,
  [whole, sales, talk],
  new Map([
    [sales, new Set(['get_products', 'ask_product_expert', 'prompt:explain_invoice'])],
    [
      talk,
      new Set(['ask_billing_expert', 'get_billing_summary', 'resource:knowledge', 'trouble_shoot_device']),
    ],
  ]),
);
const permissions = permissionsOf(roles);
const shown = (tenant: typeof whole, endpoint: EndpointName) =>
  [...offers.tools, ...offers.prompts, ...offers.resources]
    .filter(
      (offer) => exposureOf(offer, viewerAt(endpoint, { permissions, tenant, actor: 'person' })) === 'open',
    )
    .map(({ thing }) => thing.name);

describe('a business unit with a set of tools', () => {
  it('has what its set names, at each endpoint, and nothing else of any kind', () => {
    expect(shown(sales, 'mcp')).toEqual(['get_products', 'explain_invoice']);
    expect(shown(sales, 'agentic')).toEqual(['ask_product_expert']);
    expect(shown(talk, 'mcp')).toEqual(['get_billing_summary', 'knowledge']);
    expect(shown(talk, 'agentic')).toEqual(['ask_billing_expert', 'trouble_shoot_device']);
  });

  it('has experts that use nothing else for it, and hand nothing to those whom it may not ask', () => {
    expect(shown(sales, 'expert:product')).toEqual(['get_products']);
    expect(shown(sales, 'expert:billing')).toEqual(['get_products', 'hand_to_product_expert']);
    expect(shown(talk, 'expert:billing')).toEqual(['get_billing_summary']);
    expect(shown(talk, 'expert:product')).toEqual([
      'trouble_shoot_device',
      'get_diagnosis',
      'hand_to_billing_expert',
    ]);
  });

  it('treats the rest as if it did not exist, whatever the roles', () => {
    const payment = offers.tools.find(({ thing }) => thing.name === 'pay_invoice');
    expect(
      payment && exposureOf(payment, viewerAt('mcp', { permissions, tenant: sales, actor: 'person' })),
    ).toBe('absent');
  });

  it('can have what pages list with the tools that it is about, and the trail by its own name', () => {
    expect(ownExposure.names).toContain('read_trail');
    const pageTools = offers.cardTools.map(({ thing }) => thing.name);
    expect(ownExposure.names.filter((name) => pageTools.includes(name))).toEqual(['read_trail']);
    const page = (set: string) => {
      const { cardTools } = describeOffers(contoso, [sales], new Map([[sales, new Set([set])]]));
      const viewer = viewerAt('mcp', { permissions, tenant: sales, actor: 'person' });
      return openTo(cardTools, viewer).map(({ thing }) => thing.name);
    };
    expect(page('read_trail')).toEqual(['read_trail']);
    expect(page('pay_invoice')).toEqual(['list_requests', 'withdraw_request']);
    expect(page('get_products')).toEqual([]);
  });

  it('does not change what the others have', () => {
    const plain = describeOffers(contoso, [whole]);
    for (const endpoint of ['mcp', 'agentic', 'expert:billing'] as const) {
      expect(
        openTo(offers.tools, viewerAt(endpoint, { permissions, tenant: whole, actor: 'person' })).length,
      ).toBe(openTo(plain.tools, viewerAt(endpoint, { permissions, tenant: whole, actor: 'person' })).length);
    }
  });

  it('has no more than the roles of its people allow', () => {
    const viewer = viewerAt('mcp', { permissions: permissionsOf([]), tenant: sales, actor: 'person' });
    expect(openTo(offers.tools, viewer)).toEqual([]);
  });
});
