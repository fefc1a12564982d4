import { examine } from '#doctor/checks/index';
import type { RegisteredTenant } from '#gateway/registry';
import { gatewayFiles, goodEvidence } from './evidence.ts';
import { settings } from './spoils.ts';

export const proxy = {
  SIGN_IN: 'proxy',
  SIGN_IN_CLIENT_ID: 'the-registration',
  SIGN_IN_CLIENT_SECRET: '@Microsoft.KeyVault(SecretUri=https://a.example/secret)',
  SIGN_IN_KEYS: '@Microsoft.KeyVault(SecretUri=https://a.example/keys)',
  TENANTS: JSON.stringify([
    { slug: 'contoso', tenantIds: ['c0000000-0000-4000-8000-000000000001'], displayName: 'Contoso' },
  ]),
};

export const own = {
  SIGN_IN: 'own',
  SIGN_IN_KEYS: proxy.SIGN_IN_KEYS,
  TENANTS: proxy.TENANTS,
};

export const judged = (id: string, changes: Record<string, string>) =>
  examine(settings(changes)(goodEvidence())).find((one) => one.id === id);

export const vouchedFor = [
  {
    issuer: 'https://acme.okta.example',
    jwksUri: 'https://acme.okta.example/keys',
    clients: [{ id: 'an-assistant' }],
    roles: { claim: 'groups', values: { readers: ['query'] } },
  },
];

export const [tenant] = JSON.parse(proxy.TENANTS) as object[];

export const enterprise = {
  ...proxy,
  TENANTS: JSON.stringify([{ ...tenant, route: 'contoso-mcp', enterprise: vouchedFor }]),
};

export const atEdge = (changes: Record<string, string>, spoil: Partial<RegisteredTenant>) => {
  const { registry, bundle } = gatewayFiles();
  const tenants = registry.tenants.map((each) => ({ ...each, ...spoil }));
  const gateway = { value: { bundle, registry: { ...registry, tenants } } };
  const evidence = { ...settings(changes)(goodEvidence()), gateway };
  return examine(evidence).find(({ id }) => id === 'edge.sign-in');
};
