import { directory } from '../../emulators/identity/directory.ts';
import { cellsOfPermission, listedTools, offers, permissions, roles } from './offers.ts';
import { table } from './table.ts';

/** docs/roles.md: the permission table, as everything else has it, and how users come by their roles. */
export function rolesPage(): string {
  return [
    '# Roles',
    '',
    'Generated from the permission table by `npm run docs`; do not edit.',
    '',
    'A role is an app role of the API in Entra ID: it arrives in the `roles` claim of the verified token, and nowhere else. One',
    'table (`shared/contoso/access/roles.ts`) says what each role permits; several roles permit what any of them does, and what is not in',
    'the table is denied. A caller without a known role gets an empty list and may call nothing.',
    '',
    '## What each role permits',
    '',
    ...table(['permission', 'for', ...roles], permissions.map(row)),
    '',
    '## Where the table holds',
    '',
    ...effects,
    '',
    '## Giving roles to people',
    '',
    'The app registration of the API defines the app roles; an administrator of the customer assigns them to users or groups',
    'under Enterprise applications. [Many customer organisations](multi-tenant.md) goes through it step by step. Where an',
    'administrator has other names for the roles, settings translate them:',
    '',
    ...table(
      ['role', 'setting', 'name unless set'],
      roles.map((role) => [`\`${role}\``, `\`${role.toUpperCase()}_ROLE\``, `\`${role}\``]),
    ),
    '',
    'A new role is assigned at once but arrives with the next token: sign in again, or wait until the token has expired.',
    '',
    '## Trying them',
    '',
    'The local identity provider knows these users at each organisation, for example `quinn@contoso`:',
    '',
    ...table(
      ['user', 'roles'],
      (directory[0]?.users ?? []).map(({ name, roles: held }) => [`\`${name}\``, held.join(', ') || 'none']),
    ),
    '',
    '```sh',
    'npm run mcp -- --list --user bill@contoso',
    'npm run mcp -- get_customer_detail \'{"customer_id":251}\' --user nobody@contoso   # refused: the permission is named',
    '```',
    '',
  ].join('\n');
}

const effects = [
  '- **Lists** (`tools/list`, `prompts/list`, `resources/list`) show what the caller may use, and nothing else.',
  '- **A call without the permission** is HTTP 403 with a sentence that names the permission and whom to ask, before the',
  '  protocol layer sees it, and is in the audit trail. It bears no challenge: a role is given by an administrator, and no',
  '  sign-in can give one. `insufficient_scope` is the answer to a token without the scope of the API.',
  '- **An expert** has the tools of its domain, cut to what its caller may do.',
  '- **The gateway** refuses by the same table, generated into `apim-policies/fragments/permissions.xml` by `npm run policies`,',
  '  and tells the backend of it: a call that is refused there is in the audit trail, too.',
  '- **The doctor** checks with a token that the caller is shown exactly what the roles permit.',
];

function row(permission: string): string[] {
  return [
    `\`${permission}\``,
    (users.get(permission) ?? []).join(', '),
    ...cellsOfPermission({ permission }, roles),
  ];
}

/** What needs each permission, as callers name it. */
const users: ReadonlyMap<string, readonly string[]> = named([
  ...listedTools.map(({ thing }) => [thing.permission, `\`${thing.name}\``] as const),
  ...offers.resources.map(({ thing }) => [thing.permission, `resources \`${thing.scheme}://\``] as const),
  ...offers.prompts.map(({ thing }) => [thing.permission, `prompt \`${thing.name}\``] as const),
]);

function named(needs: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [permission, name] of needs) {
    found.set(permission, [...(found.get(permission) ?? []), name]);
  }
  return found;
}
