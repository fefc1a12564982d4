import * as z from 'zod';
import type { Permission } from '../access/permissions.ts';
import { type ApprovalsOf, approvalOutputs, shownOf } from '../approvals/tools.ts';
import { counted } from '../counted.ts';
import { type AnyTool, defineTool, readOnly } from '../mcp/definitions/tool.ts';
import { writtenInTheTenant } from './overview.ts';

/** For pages: the caller's own calls that wait for a second person. At most as many as one caller may have waiting. */
export function requestOverview(permission: Permission, approvalsOf: ApprovalsOf): AnyTool {
  return defineTool({
    name: 'list_requests',
    title: 'List what you asked for that waits',
    description:
      'For pages that show its user what they asked for themselves and a second person has not decided on, the oldest first.',
    permission,
    isUnrecorded: true,
    annotations: readOnly,
    labels: writtenInTheTenant,
    input: z.strictObject({}),
    output: z.object({
      requests: z.array(approvalOutputs.list.shape.approvals.element.omit({ requested_by: true })),
    }),
    async handler(_asked, call) {
      const waiting = (await (await approvalsOf(call))?.ownWaiting(call.principal)) ?? [];
      return { requests: waiting.map(shownOf) };
    },
    summary: ({ requests }) =>
      requests.length === 0
        ? 'Nothing that you asked for waits for a second person.'
        : `${counted(requests.length, 'call', 'calls')} of yours ${requests.length === 1 ? 'waits' : 'wait'} for a second person.`,
  });
}
