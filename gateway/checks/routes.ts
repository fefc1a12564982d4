import { metadataPrefix } from '../generate/apis.ts';
import type { PolicyBundle } from '../language/bundle.ts';
import { endpoints, type RegisteredTenant } from '../registry.ts';
import { addressOf, type Check, problem } from './check.ts';
import { signInAddresses } from './sign-in.ts';

const position = { file: 'apis.json', line: 1 };

/**
 * Every endpoint of every tenant has its metadata at both places where clients look. Every authorization server has
 * them, too, and all of its operations.
 */
export const checkRoutes: Check = ({ bundle, registry }) => {
  const served = addressesOf(bundle);
  const missing = [...registry.tenants.flatMap(wantedAddresses), ...signInAddresses(registry)]
    .filter((address) => !served.has(address))
    .map((address) => problem(position, `there is no operation ${address}`));
  const unwanted = [...served]
    .filter((address) => address.startsWith('OPTIONS '))
    .map((address) => problem(position, `the operation ${address} keeps preflight requests from <cors>`));
  return [...missing, ...unwanted];
};

function addressesOf({ description }: PolicyBundle): ReadonlySet<string> {
  return new Set(
    description.apis.flatMap((api) => api.operations.map((operation) => addressOf(api, operation))),
  );
}

function wantedAddresses({ route }: RegisteredTenant): readonly string[] {
  return endpoints.flatMap(({ path }) => [
    ...['POST', 'GET', 'DELETE'].map((method) => `${method} /${route}${path}`),
    `GET /${metadataPrefix}/${route}${path}`,
    `GET /${route}${path}/${metadataPrefix}`,
  ]);
}
