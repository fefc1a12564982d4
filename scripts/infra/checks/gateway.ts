import { isDeepStrictEqual } from 'node:util';
import { gatewayResources } from '#gateway/deploy/resources';
import { readGatewaySource } from '#gateway/deploy/source';
import { describeNamedValues } from '#gateway/generate/named-values';
import { readRegistry } from '#gateway/registry';
import { type InfraCheck, without } from '../check.ts';
import type { Predicted, Prediction } from '../predict.ts';

const service = '/providers/Microsoft.ApiManagement/service/';
/** Made here alone: deploy:policies does not know where to log. */
const ofTheService = /^(loggers|diagnostics)\//;

/** The gateway gets what `deploy:policies` would write: the same resources with the same texts. */
export const gateway: InfraCheck = {
  problems({ form, resources }: Prediction) {
    const made = new Map(
      resources
        .filter(({ id, type }) => id.includes(service) && type.startsWith('Microsoft.ApiManagement/service/'))
        .map((resource) => [pathOf(resource), resource])
        .filter((entry): entry is [string, Predicted] => !ofTheService.test(entry[0] as string)),
    );
    const wanted = new Map(wantedResources().map(({ path, properties }) => [path, properties]));
    return [
      ...without(wanted.keys(), made.keys()).map((path) => `${path} is not made`),
      ...without(made.keys(), wanted.keys()).map(
        (path) => `${path} is made, and apim-policies/ has nothing like it`,
      ),
      ...[...made].flatMap(([path, { properties }]) => differences(path, properties, wanted.get(path))),
      ...resources.filter(({ type }) => type.endsWith('/diagnostics')).flatMap(bodiesLogged),
    ].map((problem) => `${form}, gateway: ${problem}`);
  },
};

/** Below the service, as the deployer writes it. */
function pathOf({ id }: Predicted): string {
  return id.slice(id.indexOf(service) + service.length).replace(/^[^/]+\//, '');
}

function wantedResources() {
  const names = Object.entries(describeNamedValues(readRegistry())).filter(
    ([, { addressOf }]) => addressOf === undefined,
  );
  const backends = readRegistry().tenants.map(({ backend }) => [backend, 'https://predicted.example']);
  const namedValues = names.map(([name, { secret }]) => [
    name,
    secret ? { keyVaultSecret: 'https://predicted.example' } : 'predicted',
  ]);
  return gatewayResources(
    readGatewaySource(
      JSON.stringify({
        namedValues: Object.fromEntries(namedValues),
        backends: Object.fromEntries(backends),
      }),
    ),
  );
}

type Properties = Readonly<Record<string, unknown>>;

/** Values and addresses belong to one deployment; of them only the kind is compared. */
function differences(path: string, made: Properties, wanted: Properties | undefined): string[] {
  if (wanted === undefined) {
    return [];
  }
  if (path.startsWith('namedValues/')) {
    return namedValueProblems(path, made, wanted);
  }
  const { url: _, ...others } = made;
  const { url: __, ...wantedOthers } = wanted;
  return isDeepStrictEqual(others, wantedOthers) ? [] : [`${path} is not what deploy:policies would write`];
}

function namedValueProblems(path: string, made: Properties, wanted: Properties): string[] {
  if (made.secret !== wanted.secret || 'keyVault' in made !== 'keyVault' in wanted) {
    return [`${path} is a secret on one side only`];
  }
  return 'value' in made && (made.value === '' || String(made.value).endsWith('.example/'))
    ? [`${path} has no value`]
    : [];
}

/** A body that is logged is held back until it is complete. */
function bodiesLogged({ name, properties }: Predicted): string[] {
  const sides = ['frontend', 'backend'].flatMap((side) => {
    const { request, response } = (properties[side] ?? {}) as Record<string, { body?: { bytes?: number } }>;
    return [request?.body?.bytes, response?.body?.bytes];
  });
  return sides.every((bytes) => bytes === 0) ? [] : [`${name} logs bodies, which holds streams back`];
}
