import type { NamedValueDescription } from '../generate/named-values.ts';
import type { ApiDescription, ApisDescription, OperationDescription } from '../language/bundle.ts';
import type { GatewayValues } from './values.ts';

type NamedValue = GatewayValues['namedValues'][string];

/** A child resource of an API Management service (api-version 2024-05-01). */
export interface Resource {
  /** Below the service, such as `apis/contoso-mcp`. */
  readonly path: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** By its description an API is known as one that a deployment made, and may remove. */
export const apiMark = 'Made by deploy:policies, which also removes it.';

export interface GatewaySource {
  readonly description: ApisDescription;
  readonly namedValues: Readonly<Record<string, NamedValueDescription>>;
  /** The text of each policy file, by its path below the policies' folder. */
  readonly texts: ReadonlyMap<string, string>;
  readonly values: GatewayValues;
}

/** Everything that makes the gateway, in an order in which each resource finds what it refers to. */
export function gatewayResources(source: GatewaySource): Resource[] {
  const { description, texts } = source;
  return [
    ...namedValues(source),
    ...description.backends.map(({ id, description: text }) => ({
      path: `backends/${id}`,
      properties: { url: source.values.backends[id], protocol: 'http', description: text },
    })),
    ...[...texts]
      .filter(([file]) => file.startsWith('fragments/'))
      .map(([file, value]) => ({
        path: `policyFragments/${file.slice('fragments/'.length, -'.xml'.length)}`,
        properties: { value, format: 'xml' },
      })),
    policy('policies/policy', description.policy, texts),
    ...description.apis.flatMap((api) => apiResources(api, texts)),
  ];
}

function namedValues({ namedValues: descriptions, values }: GatewaySource): Resource[] {
  return Object.entries(values.namedValues).map(([name, value]) => ({
    path: `namedValues/${name}`,
    properties: {
      displayName: name,
      secret: descriptions[name]?.secret ?? false,
      ...(typeof value === 'string' ? { value } : { keyVault: keyVaultOf(value) }),
    },
  }));
}

function keyVaultOf({ keyVaultSecret, identityClientId }: Exclude<NamedValue, string>): object {
  return { secretIdentifier: keyVaultSecret, ...(identityClientId !== undefined && { identityClientId }) };
}

function apiResources(api: ApiDescription, texts: GatewaySource['texts']): Resource[] {
  const path = `apis/${api.id}`;
  return [
    {
      path,
      properties: {
        displayName: api.displayName,
        description: apiMark,
        path: api.path,
        protocols: ['https'],
        subscriptionRequired: api.subscriptionRequired,
      },
    },
    ...(api.policy === undefined ? [] : [policy(`${path}/policies/policy`, api.policy, texts)]),
    ...api.operations.flatMap((operation) => operationResources(path, operation, texts)),
  ];
}

function operationResources(
  api: string,
  { id, method, urlTemplate, policy: file }: OperationDescription,
  texts: GatewaySource['texts'],
): Resource[] {
  const path = `${api}/operations/${id}`;
  return [
    { path, properties: { displayName: id, method, urlTemplate, templateParameters: [] } },
    ...(file === undefined ? [] : [policy(`${path}/policies/policy`, file, texts)]),
  ];
}

/** The files escape what XML wants escaped, which is the format `xml`; `rawxml` would take the entities literally. */
function policy(path: string, file: string, texts: GatewaySource['texts']): Resource {
  const value = texts.get(file);
  if (value === undefined) {
    throw new Error(`The policy file ${file} is missing.`);
  }
  return { path, properties: { value, format: 'xml' } };
}
