import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectDir } from '../../lib/project-dir.ts';
import { type InfraCheck, without } from '../check.ts';
import { full } from '../forms.ts';
import type { Predicted, Prediction } from '../predict.ts';

const page = 'docs/deploying.md';
const heading = '| who | role | on | for |';

/** Roles that are given are those of the table in docs/deploying.md, on the same kind of thing, and no others. */
export const roles: InfraCheck = {
  problems({ form, resources }: Prediction) {
    const given = resources.filter(({ type }) => type.endsWith('/roleAssignments')).map(described);
    const documented = documentedRoles(readFileSync(path.join(projectDir, page), 'utf8'));
    return [
      ...without(given, documented).map((role) => `${form}: ${role}: is given, and ${page} does not say so`),
      ...(form === full.name ? without(documented, given) : []).map(
        (role) => `${form}: ${role}: stands in ${page}, and is not given`,
      ),
    ];
  },
};

/** Each as `who | role | on`. */
export function documentedRoles(text: string): string[] {
  const [, after = ''] = text.split(heading);
  const [table = ''] = after.split('\n\n');
  return table
    .trim()
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [who = '', names = '', on = ''] = line.replace(/^\| | \|$/g, '').split(' | ');
      return names.split(', ').map((role) => `${who} | ${role} | ${on}`);
    });
}

function described({ id, properties }: Predicted): string {
  const names = readRoleNames();
  const role = names.get(String(properties.roleDefinitionId).split('/').pop()?.replace(/\W+$/, '') ?? '');
  return `${whoOf(String(properties.principalId))} | ${role ?? 'a role that infra/roles.json does not name'} | ${placeOf(id)}`;
}

function readRoleNames(): ReadonlyMap<string, string> {
  const text = readFileSync(path.join(projectDir, 'infra/roles.json'), 'utf8');
  const ids = JSON.parse(text) as Readonly<Record<string, string>>;
  return new Map(Object.entries(ids).map(([name, id]) => [id, name]));
}

function whoOf(principal: string): string {
  if (principal.includes('Microsoft.Web/sites')) {
    return 'each app';
  }
  return principal.includes('userAssignedIdentities') ? 'the gateway' : 'whoever seeds';
}

const places: readonly (readonly [RegExp, string])[] = [
  [/storageAccounts\/sth/, 'its host storage'],
  [/storageAccounts\/std/, 'its data storage'],
  [/storageAccounts\/sta/, 'the archive, with `ARCHIVE_DAYS`'],
  [/EventHub\/namespaces\/[^/]+\/eventhubs\/trail/, 'the hub of the trail, with `WITH_SIEM`'],
  [/vaults\/[^/]+\/secrets\//, 'its secrets'],
  [/CognitiveServices\/accounts/, 'Azure OpenAI'],
  [/DurableTask\/schedulers/, 'the scheduler'],
  [/Insights\/components/, 'Application Insights'],
];

/** The narrower the better: a role on the group or the vault is not among these. */
function placeOf(id: string): string {
  const scope = id.split('/providers/Microsoft.Authorization/')[0] ?? '';
  return places.find(([pattern]) => pattern.test(scope))?.[1] ?? `something that is too much: ${scope}`;
}
