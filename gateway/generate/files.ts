import { endpoints, type RegisteredTenant, type Registry } from '../registry.ts';
import { hasOwnServer, operationsOfAll } from '../sign-in.ts';
import { apiPolicy } from './api-policy.ts';
import { apiPolicyFile, describeApis, metadataFile } from './apis.ts';
import { consoleFileFile, consolePageFile, consolesFile } from './console/apis.ts';
import { frameHostFile, frameHostFragment } from './console/frame-host.ts';
import { consoleFilePolicy, consolePagePolicy, consolesPolicy } from './console/policies.ts';
import { type Exposure, ownExposure } from './exposure.ts';
import { metadataPolicy } from './metadata-policy.ts';
import { namedValuesJson } from './named-values.ts';
import { permissionsFragment } from './permissions.ts';
import { serverMetadataFile, signInApiFile, signInOperationFile } from './sign-in/apis.ts';
import { signInOperationPolicy } from './sign-in/operation-policy.ts';
import { serverMetadataPolicy, signInApiPolicy, signInLimitsFragment } from './sign-in/policies.ts';

/**
 * Every generated file of the policies folder with its text.
 * @param exposure of the business behind the gateway
 */
export function generatedFiles(
  registry: Registry,
  exposure: Exposure = ownExposure,
): ReadonlyMap<string, string> {
  return new Map([
    ['apis.json', `${JSON.stringify(describeApis(registry), null, 2)}\n`],
    ['named-values.json', namedValuesJson(registry, exposure)],
    ['fragments/permissions.xml', permissionsFragment(exposure)],
    [frameHostFile, frameHostFragment()],
    ...registry.tenants.flatMap((tenant): [string, string][] => [
      [apiPolicyFile(tenant), apiPolicy(tenant, exposure)],
      ...endpoints.map((endpoint): [string, string] => [
        metadataFile(tenant, endpoint),
        metadataPolicy(tenant, endpoint),
      ]),
    ]),
    ...signInFiles(registry.tenants.filter(hasOwnServer)),
  ]);
}

/** None where every tenant's clients sign in at the directory. */
function signInFiles(tenants: readonly RegisteredTenant[]): readonly [string, string][] {
  return tenants.length === 0
    ? []
    : [
        ['fragments/sign-in-limits.xml', signInLimitsFragment()],
        [consolePageFile, consolePagePolicy()],
        [consoleFileFile, consoleFilePolicy()],
        [consolesFile, consolesPolicy(tenants)],
        ...operationsOfAll(tenants).map((operation): [string, string] => [
          signInOperationFile(operation),
          signInOperationPolicy(operation),
        ]),
        ...tenants.flatMap((tenant): [string, string][] => [
          [signInApiFile(tenant), signInApiPolicy(tenant)],
          [serverMetadataFile(tenant), serverMetadataPolicy(tenant)],
        ]),
      ];
}
