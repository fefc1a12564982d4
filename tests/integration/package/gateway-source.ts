import { gatewayResources } from '#gateway/deploy/resources';
import { readGatewaySource } from '#gateway/deploy/source';
import { describeNamedValues } from '#gateway/generate/named-values';
import { readBundle } from '#gateway/language/bundle';
import { policiesFolder, readRegistry } from '#gateway/registry';

const wanted = describeNamedValues(readRegistry());
const { description } = readBundle(policiesFolder);

/** Values of a deployment, as a person writes them down. */
export function goodValues() {
  const keyVaultSecret = 'https://vault.example/secrets/gateway-key';
  return {
    namedValues: Object.fromEntries(
      Object.entries(wanted)
        .filter(([, { addressOf }]) => addressOf === undefined)
        .map(([name, { example, secret }]) => [name, secret ? { keyVaultSecret } : example]),
    ) as Record<string, unknown>,
    backends: Object.fromEntries(
      description.backends.map(({ id }) => [id, `https://${id}.example`]),
    ) as Record<string, unknown>,
  };
}

export const resourcesOf = (values: unknown) => gatewayResources(readGatewaySource(JSON.stringify(values)));

export const api = (name: string, properties: object) => ({ name, properties });
