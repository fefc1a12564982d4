import * as z from 'zod';
import type { Permission } from '../access/permissions.ts';
import { standingOf } from '../approvals/standing.ts';
import { type ApprovalsOf, approvalIdFrom, approvalOutputs, shownOf } from '../approvals/tools.ts';
import { counted } from '../counted.ts';
import { Conflict, NotFound } from '../errors.ts';
import { type AnyTool, defineTool, endsForGood, readOnly } from '../mcp/definitions/tool.ts';
import { writtenInTheTenant } from './overview.ts';

/** For pages: the caller's own calls that wait for a second person. At most as many as one caller may have waiting. */
export function requestOverviews(permission: Permission, approvalsOf: ApprovalsOf): readonly AnyTool[] {
  const list = defineTool({
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
      requests: z.array(
        approvalOutputs.list.shape.approvals.element.omit({ requested_by: true, requested_by_name: true }),
      ),
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

  const withdraw = defineTool({
    name: 'withdraw_request',
    title: 'Withdraw what you asked for',
    description:
      'For pages that show its user what they asked for themselves, after their user agreed: takes back a call that waits for a second person, so that nobody can approve it any more. One that was decided on stays as it is.',
    permission,
    annotations: endsForGood,
    labels: writtenInTheTenant,
    input: z.strictObject({ approval_id: approvalIdFrom('list_requests') }),
    output: z.object({
      approval_id: z.string(),
      result: z.string().describe('What came of it, in a sentence.'),
    }),
    async about({ approval_id }, call) {
      const found = await (await approvalsOf(call))?.own(approval_id, call.principal);
      return found && { requestedBy: found.record.user, joins: found.record.correlationId };
    },
    async handler({ approval_id }, call) {
      const found = await (await approvalsOf(call))?.withdraw(approval_id, call.principal);
      if (found === undefined) {
        throw new NotFound('You asked for no such thing; call list_requests to see what of yours waits.');
      }
      const { sentence } = standingOf(found, call.now());
      if (found.record.state !== 'withdrawn') {
        throw new Conflict(`This is decided or over already, so it was not withdrawn. ${sentence}`);
      }
      return { approval_id, result: sentence };
    },
    summary: ({ result }) => result,
  });
  return [list, withdraw];
}
