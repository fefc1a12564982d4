import type { Permission } from '../access/permissions.ts';
import { NotFound } from '../errors.ts';
import type { ResourceFamily } from '../mcp/definitions/resource.ts';
import { type ApprovalsOf, decidable, shownOf, writtenByCallers } from './tools.ts';

/** What waits for a second person, as documents that those read who may decide. */
export function approvalResources(permission: Permission, approvalsOf: ApprovalsOf): ResourceFamily {
  return {
    name: 'approvals',
    title: 'What waits for a second person',
    description:
      'A call that waits for a second person, or waited: what would happen, who asked, how it was decided and why. Read it before decide_approval.',
    scheme: 'approval',
    variable: 'approval_id',
    mimeType: 'application/json',
    permission,
    async list(call) {
      const all = (await (await approvalsOf(call))?.waiting(call.principal.tenant)) ?? [];
      return decidable(all, permission, call).map(({ id, record }) => ({
        key: id,
        title: `${record.tool}, asked for at ${record.createdAt}`,
        description: record.question,
      }));
    },
    async read(key, call) {
      const found = await (await approvalsOf(call))?.read(call.principal.tenant, key);
      if (found === undefined) {
        throw new NotFound('There is no such approval; call list_approvals to see what waits.');
      }
      const { state, decidedBy, reason, updatedAt } = found.record;
      const decision = decidedBy === null ? {} : { decided_by: decidedBy, reason };
      const text = JSON.stringify({ ...shownOf(found), state, since: updatedAt, ...decision }, null, 2);
      return { text, labels: writtenByCallers };
    },
  };
}
