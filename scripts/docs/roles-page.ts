import { demandsOf } from '#platform/access/offer';
import { groupBy } from '#platform/group-by';
import { deployed } from '#shared/deployed';
import { agentApp, cliApp, daemonApp, directory } from '../../emulators/identity/directory.ts';
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
    ...table(['permission', 'for', ...roles, 'needs'], permissions.map(row)),
    '',
    '## Where the table holds',
    '',
    ...effects,
    '',
    '## Who acts',
    '',
    ...whoActs,
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

const whoActs = [
  'A token also says who acts. The column "needs" above names the permissions that only a person can use: an agent or an',
  'application is not shown what needs them, and a call is refused in one sentence. "Another person" is one who did not ask for what is',
  'decided: nobody approves [what they asked for](long-jobs.md#a-second-person) themselves, whatever their roles are. And whatever has to be',
  '[agreed to](security-model.md#what-is-checked-in-this-order) is agreed to by a person: a program is neither asked nor given',
  'a code, and cannot use a code, a question or a session of the person for whom it acts. The audit trail, the log, spans',
  'and the metric of calls name the kind; the trail also has the application that an agent was made from.',
  '',
  ...table(
    ['kind', 'who that is', 'claims of Entra ID', 'at the local identity provider'],
    [
      [
        '`person`',
        'a person, with a usual client',
        '`idtyp` is `user`, and nothing below holds',
        `sign in with the client \`${cliApp.clientId}\`, as the command-line client does`,
      ],
      [
        '`agent_for_person`',
        'an agent that a person let act',
        '`xms_act_fct` has 11 (agent identity); or `xms_par_app_azp`, or `act`, is there',
        `sign in with the client \`${agentApp.clientId}\``,
      ],
      [
        '`agent`',
        'an agent with an identity or a user account of its own',
        '`xms_sub_fct` has 11 or 13 (user account of an agent)',
        `client credentials of \`${agentApp.clientId}\``,
      ],
      [
        '`application`',
        'any other program without a person',
        '`idtyp` is `app`; or no scope, and `sub` is `oid`; or `oid` is `azp`',
        `client credentials of \`${daemonApp.clientId}\``,
      ],
    ],
  ),
  '',
  'Facets are lists of numbers in any order, of which the even ones mean nothing. What nobody knows counts as less trusted: a',
  'value of `idtyp` or `xms_idrel` that is not that of people is an application’s, and a claim of facets that is malformed is',
  'an agent’s. The claims are optional in Entra ID: the API’s registration has to ask for them (`scripts/entra/` does), or else',
  'an agent that acts for a person looks like the person; the doctor warns of a token without them. A program that gets its',
  'token at the sign-in of this service counts as the person who signed in.',
];

function row(permission: string): string[] {
  return [
    `\`${permission}\``,
    (users.get(permission) ?? []).map(([, name]) => name).join(', '),
    ...cellsOfPermission({ permission }, roles),
    needs[demandsOf({ permission }, deployed.permissionNeeds).demands ?? 'nothing'],
  ];
}

const needs = { person: 'a person', another_person: 'another person', nothing: '' } as const;

/** What needs each permission, as callers name it. */
const users = groupBy(
  [
    ...listedTools.map(({ thing }) => [thing.permission, `\`${thing.name}\``] as const),
    ...offers.resources.map(({ thing }) => [thing.permission, `resources \`${thing.scheme}://\``] as const),
    ...offers.prompts.map(({ thing }) => [thing.permission, `prompt \`${thing.name}\``] as const),
  ],
  ([permission]) => permission,
);
