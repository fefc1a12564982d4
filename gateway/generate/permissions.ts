import { type Permission, permissions } from '#contoso/access/permissions';
import { permissionTable, type Role, roles } from '#contoso/access/roles';
import { roleName } from './named-values.ts';
import { gatewayTools } from './tools.ts';
import { generatedXml, indent } from './xml.ts';

/** Tool → permission → roles, from the product's one permission table. */
export function permissionsFragment(): string {
  const used = permissions.filter((permission) => toolsOf(permission).length > 0);
  return generatedXml(
    'The product’s permission table, coarsely: the backend checks every call again, and alone decides when the headers are absent.',
    `<fragment>
${indent(2, roles.map(whetherHeld))}
  <set-variable name="tool" value='@(context.Request.Headers.GetValueOrDefault("Mcp-Method", "") == "tools/call" ? context.Request.Headers.GetValueOrDefault("Mcp-Name", "") : "")' />
  <choose>
${indent(4, used.map(whenNeeded))}
  </choose>
</fragment>`,
  );
}

function toolsOf(permission: Permission): readonly string[] {
  return gatewayTools.filter((tool) => tool.permission === permission).map(({ name }) => name);
}

/** A variable for each role, because a variable cannot hold the list of them. */
function whetherHeld(role: Role): string {
  const claims = '((Jwt)context.Variables["jwt"]).Claims';
  const held = `${claims}.ContainsKey("roles") &amp;&amp; ${claims}["roles"].Contains("{{${roleName(role)}}}")`;
  return `<set-variable name="${variableOf(role)}" value='@(${held})' />`;
}

const variableOf = (role: Role) => `is-${role}`;

function whenNeeded(permission: Permission): string {
  const tools = toolsOf(permission)
    .map((name) => `"${name}"`)
    .join(', ');
  const permitted = roles
    .filter((role) => permissionTable[role].includes(permission))
    .map((role) => `(bool)context.Variables["${variableOf(role)}"]`)
    .join(' || ');
  return `<when condition='@(new string[] { ${tools} }.Contains((string)context.Variables["tool"]))'>
  <set-variable name="needed-permission" value="${permission}" />
  <set-variable name="permitted" value='@(${permitted})' />
</when>`;
}
