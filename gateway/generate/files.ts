import { endpoints, type Registry } from '../registry.ts';
import { apiPolicy } from './api-policy.ts';
import { apiPolicyFile, describeApis, metadataFile } from './apis.ts';
import { metadataPolicy } from './metadata-policy.ts';
import { namedValuesJson } from './named-values.ts';
import { permissionsFragment } from './permissions.ts';

/** Every generated file of the policies folder with its text. */
export function generatedFiles(registry: Registry): ReadonlyMap<string, string> {
  return new Map([
    ['apis.json', `${JSON.stringify(describeApis(registry), null, 2)}\n`],
    ['named-values.json', namedValuesJson(registry)],
    ['fragments/permissions.xml', permissionsFragment()],
    ...registry.tenants.flatMap((tenant): [string, string][] => [
      [apiPolicyFile(tenant), apiPolicy(tenant)],
      ...endpoints.map((endpoint): [string, string] => [
        metadataFile(tenant, endpoint),
        metadataPolicy(tenant, endpoint),
      ]),
    ]),
  ]);
}
