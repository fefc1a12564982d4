import type { Permission } from '#platform/access/permissions';
import type { PermissionTable } from '#platform/access/roles';
import { groupBy } from '#platform/group-by';
import type { Exposure, GatewayTool } from './exposure.ts';
import { roleName } from './named-values.ts';
import { generatedXml, indent } from './xml.ts';

/** Tool → permission → roles, as the product decides it. */
export function permissionsFragment({ permissionTable, tools }: Exposure): string {
  const byPermission = groupBy(tools, ({ permission }) => permission);
  const cases = permissionsIn(permissionTable).flatMap((permission) =>
    [...groupBy(byPermission.get(permission) ?? [], ({ roles }) => roles.join()).values()].map((alike) =>
      whenNeeded(permission, alike),
    ),
  );
  return generatedXml(
    'The product’s permission table, coarsely: the backend checks every call again, and alone decides when the headers are absent.',
    `<fragment>
${indent(2, Object.keys(permissionTable).map(whetherHeld))}
  <set-variable name="tool" value='@(context.Request.Headers.GetValueOrDefault("Mcp-Method", "") == "tools/call" ? context.Request.Headers.GetValueOrDefault("Mcp-Name", "") : "")' />
  <choose>
${indent(4, cases)}
  </choose>
</fragment>`,
  );
}

/** Each once; those of the role that may do most come first, in its order. */
function permissionsIn(table: PermissionTable): readonly Permission[] {
  return [
    ...new Set(
      Object.values(table)
        .toSorted((one, other) => other.length - one.length)
        .flat(),
    ),
  ];
}

/** A variable for each role, because a variable cannot hold the list of them. */
function whetherHeld(role: string): string {
  const claims = '((Jwt)context.Variables["jwt"]).Claims';
  const held = `${claims}.ContainsKey("roles") &amp;&amp; ${claims}["roles"].Contains("{{${roleName(role)}}}")`;
  return `<set-variable name="${variableOf(role)}" value='@(${held})' />`;
}

const variableOf = (role: string) => `is-${role}`;

/** @param tools that need the permission, and that the same roles may call */
function whenNeeded(permission: Permission, tools: readonly GatewayTool[]): string {
  const names = tools.map(({ name }) => `"${name}"`).join(', ');
  const permitted = (tools[0]?.roles ?? [])
    .map((role) => `(bool)context.Variables["${variableOf(role)}"]`)
    .join(' || ');
  return `<when condition='@(new string[] { ${names} }.Contains((string)context.Variables["tool"]))'>
  <set-variable name="needed-permission" value="${permission}" />
  <set-variable name="permitted" value='@(${permitted})' />
</when>`;
}
