import type { InfraCheck } from '../check.ts';
import { full } from '../forms.ts';
import type { Predicted, Prediction } from '../predict.ts';

/** Resources that have an address of their own, and the parts of them that need one in the private network. */
const reachable: Readonly<Record<string, readonly string[]>> = {
  'Microsoft.Storage/storageAccounts': [],
  'Microsoft.KeyVault/vaults': ['vault'],
  'Microsoft.Web/sites': ['sites'],
  'Microsoft.CognitiveServices/accounts': ['account'],
  'Microsoft.DurableTask/schedulers': ['scheduler'],
  'Microsoft.EventHub/namespaces': ['namespace'],
};

/** Resources with an address that stays public, and why. */
const meantToBePublic: Readonly<Record<string, string>> = {
  'Microsoft.ApiManagement/service': 'the only way in',
  'Microsoft.OperationalInsights/workspaces':
    'takes what it is sent with a key or a token; shows nothing without a role',
  'Microsoft.Insights/components': 'the same',
};

/** Resources without an address of their own. */
const withoutAddress =
  /^Microsoft\.(Resources|Network|Authorization|ManagedIdentity)\/|^Microsoft\.Insights\/(?!components$)|^Microsoft\.Web\/serverfarms$|\/.+\//;

/** In the private network nothing but the gateway is reached from outside. */
export const privateNetwork: InfraCheck = {
  problems({ form, resources }: Prediction) {
    return form === full.name ? resources.flatMap((resource) => problemsOf(resource, resources)) : [];
  },
};

function problemsOf(resource: Predicted, all: readonly Predicted[]): string[] {
  const { id, type, name, properties } = resource;
  const parts = reachable[type];
  if (parts === undefined) {
    return type in meantToBePublic || withoutAddress.test(type)
      ? []
      : [`${type} ${name}: say in scripts/infra/checks/private.ts whether it can be reached from outside`];
  }
  const addressed = all
    .filter((other) => other.type === 'Microsoft.Network/privateEndpoints')
    .flatMap(({ properties: { privateLinkServiceConnections } }) =>
      connections(privateLinkServiceConnections),
    )
    .filter(({ target }) => target === id)
    .map(({ part }) => part);
  return [
    ...(properties.publicNetworkAccess === 'Disabled' ? [] : [`${type} ${name} is reached from outside`]),
    ...parts
      .filter((part) => !addressed.includes(part))
      .map((part) => `${type} ${name} has no address in the private network for ${part}`),
    ...(type === 'Microsoft.Storage/storageAccounts' && addressed.length === 0
      ? [`${type} ${name} has no address in the private network`]
      : []),
  ];
}

function connections(value: unknown): { readonly target: string; readonly part: string }[] {
  const list = (value ?? []) as { properties: { privateLinkServiceId: string; groupIds: string[] } }[];
  return list.map(({ properties: { privateLinkServiceId, groupIds } }) => ({
    target: privateLinkServiceId,
    part: groupIds[0] ?? '',
  }));
}
