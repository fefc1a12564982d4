import { rolesFor } from '#platform/access/by-role';
import { deployed } from '#shared/deployed';
import { fail, pass, warn } from '../../finding.ts';
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
      const { approvals, auth, retention } = asDeployed(env);
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
      return pass(
        `Above these limits a call waits up to ${hours} hours: ${names(limits)}. Somebody else must have the role ${names(roles.map(auth.roles.claimOf))}, which only the directory can say.`,
      );
    }),
};

function approvers(): readonly string[] {
  const { approvePermission: permission, permissionTable } = deployed;
  return permission === undefined ? [] : rolesFor({ thing: { permission }, at: ['mcp'] }, permissionTable);
}
