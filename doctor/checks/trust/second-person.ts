import { rolesFor } from '#platform/access/by-role';
import type { Permission } from '#platform/access/permissions';
import { tenantId } from '#platform/identity/tenant';
import { deployed } from '#shared/deployed';
import type { PeopleOf } from '../../evidence.ts';
import { type Finding, fail, pass, warn } from '../../finding.ts';
import { asDeployed } from '../backend.ts';
import { type Check, fromSettings, names } from '../check.ts';

/** Hours in which somebody can be expected to look; less is over by the next morning. */
const fewestHours = 24;

export const secondPersonCan: Check = {
  id: 'backend.second-person',
  group: 'Backend',
  title: 'Somebody can approve what waits for a second person, in time',
  judge: (evidence) =>
    fromSettings(evidence, (env) => {
      const { approvals, auth, retention, signIn } = asDeployed(env);
      const { above, hours } = approvals;
      if (above.size === 0) {
        return pass('No limit is set: nothing waits for a second person.');
      }
      const roles = approvers();
      if (roles.length === 0) {
        return fail(
          'There is a limit, and no role may approve.',
          `Give the permission to approve to a role in the permission table of shared/${deployed.name}.`,
        );
      }
      if (env.AzureWebJobsStorage === undefined && env.AzureWebJobsStorage__accountName === undefined) {
        return fail(
          'There is a limit, and no storage for the engine that looks at what waits.',
          'Set AzureWebJobsStorage__accountName.',
        );
      }
      if (hours < fewestHours || hours > retention.confirmationDays * 24) {
        return warn(
          `A call waits ${hours} hours for a second person, and what was agreed to is kept for ${retention.confirmationDays} days.`,
          `Set APPROVAL_HOURS to ${fewestHours} or more, and not beyond CONFIRMATION_DAYS.`,
        );
      }
      const limits = [...above].map(([tenant, limit]) => `${tenant} ${limit}`);
      const waits = `Above these limits a call waits up to ${hours} hours: ${names(limits)}.`;
      const { people } = evidence;
      if (signIn?.way === 'own') {
        return 'value' in people
          ? judgePeople(
              people.value.filter(({ tenant }) => above.has(tenantId(tenant))),
              roles,
              waits,
            )
          : pass(`${waits} ${whoHasIt(roles)} npm run invite -- --tenant SLUG lists who has it.`);
      }
      return pass(`${waits} ${whoHasIt(roles.map(auth.roles.claimOf))} ${assignments}`);
    }),
};

/** Who is assigned to which app role (Microsoft Graph, "List appRoleAssignments granted for a service principal"). */
const assignments =
  'The directory says who has it: az rest --url "https://graph.microsoft.com/v1.0/servicePrincipals(appId=\'CLIENT_ID\')/appRoleAssignedTo".';

function whoHasIt(roles: readonly string[]): string {
  return `Somebody else than the one who asks must have the role ${names(roles)}.`;
}

/** Nobody decides on what they asked for, so one person is not enough as soon as that person may ask. */
function judgePeople(tenants: readonly PeopleOf[], approving: readonly string[], waits: string): Finding {
  const asking = deployed.tools
    .filter(({ approval }) => approval !== undefined)
    .flatMap(({ permission }) => rolesWith(permission));
  const has = (roles: readonly string[], some: readonly string[]) =>
    roles.some((role) => some.includes(role));
  const few = tenants.flatMap(({ tenant, roles }) => {
    const able = roles.filter((held) => has(held, approving));
    const isAsking = able.some((held) => has(held, asking));
    return able.length < 2
      ? [`${tenant} (${able.length}${isAsking ? ', who may ask for it, too' : ''})`]
      : [];
  });
  return few.length > 0
    ? warn(
        `${waits} Fewer than two people may approve: ${names(few)}; what one of them asks for, or what comes while one is away, is decided by nobody.`,
        `Give the role ${names(approving)} to a second person: npm run invite -- --tenant SLUG --name NAME --role ${approving[0]}.`,
      )
    : pass(`${waits} In each of these tenants two people or more may approve.`);
}

function approvers(): readonly string[] {
  const { approvePermission: permission } = deployed;
  return permission === undefined ? [] : rolesWith(permission);
}

function rolesWith(permission: Permission): readonly string[] {
  return rolesFor({ thing: { permission }, at: ['mcp'] }, deployed.permissionTable);
}
