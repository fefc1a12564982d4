import type { RegisteredTenant } from '../registry.ts';
import type { Exposure } from './exposure.ts';
import { refusal } from './refusal.ts';

type Unit = Pick<RegisteredTenant, 'enter' | 'tools'>;

const claims = '((Jwt)context.Variables["jwt"]).Claims';

/**
 * Lets in those who belong to the business unit. Whoever does not is counted apart, so that outsiders use up nothing of the
 * unit's calls; the backend asks the same of the same token.
 */
export function entryCheck({ enter }: Unit): readonly string[] {
  if (enter === undefined) {
    return [];
  }
  const { roles = [], groups = [] } = enter;
  const ways = [...holds('roles', roles), ...holds('groups', groups)].join(' || ');
  return [
    refusal({
      condition: `!(${ways})`,
      first:
        '<rate-limit-by-key calls=\'@((int)context.Variables["user-calls"])\' renewal-period="60" counter-key=\'@("user:outside:" + (string)context.Variables["tenant"] + ":" + (string)context.Variables["tid"] + ":" + (string)context.Variables["oid"])\' retry-after-variable-name="retry-after" />',
      reason: 'business_unit',
      trace: 'The caller does not belong to the business unit.',
      detail: 'This address is for a business unit that you do not belong to; ask your administrator.',
    }),
  ];
}

/** Refuses calls of tools that the unit does not have. A name that nobody knows is the backend's to judge, as everywhere. */
export function toolSetCheck({ tools }: Unit, exposure: Exposure): readonly string[] {
  if (tools === undefined) {
    return [];
  }
  const others = exposure.tools.filter(({ name, present }) => !tools.includes(present ?? name));
  const names = [...new Set(others.map(({ name }) => `"${name}"`))];
  return names.length === 0
    ? []
    : [
        refusal({
          condition: `new string[] { ${names.join(', ')} }.Contains((string)context.Variables["tool"])`,
          reason: 'unknown_tool',
          trace: 'The business unit does not have the tool.',
          detail: 'There is nothing of this name here; ask for the list to see what you may use.',
        }),
      ];
}

function holds(claim: string, values: readonly string[]): readonly string[] {
  if (values.length === 0) {
    return [];
  }
  const each = values.map((value) => `${claims}["${claim}"].Contains("${value}")`).join(' || ');
  return [`(${claims}.ContainsKey("${claim}") &amp;&amp; (${each}))`];
}
