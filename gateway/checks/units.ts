import { ownExposure } from '../generate/exposure.ts';
import type { RegisteredTenant } from '../registry.ts';
import { type Problem, problem } from './check.ts';

const position = { file: 'tenants.json', line: 1 };

/**
 * Entries with one directory are the business units of an organisation. All but one of them say who may enter, or a directory
 * would belong to two tenants; and each has a backend of its own, which knows by its settings alone which unit a caller came in by.
 * @param names of all that a unit's set of tools can have
 */
export function checkUnits(
  tenants: readonly RegisteredTenant[],
  names: readonly string[] = ownExposure.names,
): readonly Problem[] {
  return [...sharedDirectories(tenants), ...tenants.flatMap((tenant) => checkUnit(tenant, names))];
}

function sharedDirectories(tenants: readonly RegisteredTenant[]): readonly Problem[] {
  const ids = tenants.flatMap(({ tenantIds }) => tenantIds);
  const twice = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  return [...twice].flatMap((id) => {
    const units = tenants.filter(({ tenantIds }) => tenantIds.includes(id));
    const open = units.filter(({ enter }) => enter === undefined);
    const backends = units.map(({ backend }) => backend);
    return [
      ...(open.length > 1
        ? [
            `the directory id ${id} appears twice`,
            `the directory id ${id} is of ${listed(open)}: all but one need "enter", the roles or groups whose people may enter`,
          ]
        : []),
      ...(new Set(backends).size < units.length
        ? [`${listed(units)} have the directory id ${id}: each of them needs a backend of its own`]
        : []),
    ].map((sentence) => problem(position, sentence));
  });
}

function checkUnit(
  { slug, enter, tools = [], signIn }: RegisteredTenant,
  names: readonly string[],
): readonly Problem[] {
  return [
    ...(signIn === 'own' && (enter?.groups ?? []).length > 0
      ? [
          `${slug} lets groups enter, and its backend has the accounts itself, which are in no group: name roles`,
        ]
      : []),
    ...tools
      .filter((name) => !names.includes(name))
      .map((name) => `${slug} has "${name}" among its tools, which does not exist`),
  ].map((sentence) => problem(position, sentence));
}

const listed = (units: readonly RegisteredTenant[]) => units.map(({ slug }) => slug).join(' and ');
