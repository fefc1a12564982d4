import * as z from 'zod';
import { exposureOf, viewerAt } from '../access/exposure.ts';
import type { Permission } from '../access/permissions.ts';
import { counted } from '../counted.ts';
import { NotFound } from '../errors.ts';
import { oneOf, paragraph } from '../mcp/definitions/inputs.ts';
import type { Labels } from '../mcp/definitions/labels.ts';
import { type AnyTool, defineTool, endsForGood, readOnly, type ToolCall } from '../mcp/definitions/tool.ts';
import type { Approvals } from './decide.ts';
import { type ApprovalRecord, approvalIdShape, approvalStates, type StoredApproval } from './record.ts';

/** The approvals of a tenant; undefined where nothing needs a second person. */
export type ApprovalsOf = (call: Pick<ToolCall, 'principal'>) => Promise<Approvals | undefined>;

/** Arguments may hold whatever their caller, or a model, has read somewhere. */
export const writtenByCallers: Labels = { integrity: 'untrusted', confidentiality: 'private' };

/** Most approvals of one answer; the oldest are decided first. */
const mostListed = 100;

/** The id of an approval, as an argument. @param list the tool that gives them */
export function approvalIdFrom(list: string): z.ZodString {
  return z
    .string()
    .regex(approvalIdShape, `must be an approval_id as ${list} gives it`)
    .describe(`The approval; ${list} lists them.`);
}

const shown = z.object({
  approval_id: z.string(),
  tool: z.string().describe('What is called when it is approved.'),
  what: z.string().describe('What would happen.'),
  arguments: z.record(z.string(), z.unknown()).describe('With which it is called.'),
  requested_by: z.string().describe('Who asked: ids of directory and user.'),
  requested_by_name: z
    .string()
    .optional()
    .describe('What their sign-in called them, where it said so; others may be called the same.'),
  requested_at: z.string().describe('ISO 8601, UTC.'),
  expires_at: z.string().describe('ISO 8601, UTC; afterwards it cannot be approved any more.'),
});

/** What the tools answer. */
export const approvalOutputs = {
  list: z.object({
    approvals: z.array(shown),
    more: z.boolean().describe('More of them wait than are listed.'),
  }),
  decision: z.object({
    approval_id: z.string(),
    state: z
      .enum(approvalStates)
      .describe(
        'done: carried out. failed: approved, and refused when it was carried out. approved: not carried out yet.',
      ),
    result: z.string().describe('What came of it, in a sentence.'),
  }),
};

/** What of a record is shown to those who may decide. */
export function shownOf({ id, record }: StoredApproval): z.output<typeof shown> {
  const { idempotency_key: _, ...input } = record.input;
  return {
    approval_id: id,
    tool: record.tool,
    what: record.question,
    arguments: input,
    requested_by: record.user,
    ...(record.userName !== null && { requested_by_name: record.userName }),
    requested_at: record.createdAt,
    expires_at: record.expiresAt,
  };
}

/** Who asked, for people: the ids as well, since only they are one person's. */
function askerOf({ user, userName }: ApprovalRecord): string {
  return userName === null ? user : `${userName} (${user})`;
}

/** Those that the caller may decide on: not their own. */
export function decidable(
  all: readonly StoredApproval[],
  permission: Permission,
  { principal }: Pick<ToolCall, 'principal'>,
): readonly StoredApproval[] {
  const viewer = viewerAt('mcp', principal);
  const offer = { thing: { permission }, at: ['mcp'] as const, demands: 'another_person' as const };
  return all.filter(({ record }) => exposureOf({ ...offer, requestedBy: record.user }, viewer) === 'open');
}

/** The tools with which a second person decides. @param permission to decide, which one role of the business has */
export function approvalTools(permission: Permission, approvalsOf: ApprovalsOf): readonly AnyTool[] {
  const listApprovals = defineTool({
    name: 'list_approvals',
    title: 'List what waits for a second person',
    description:
      'Lists the calls of other people that wait for a second person to approve them, the oldest first: what would happen, who asked, until when it can be decided. Decide with decide_approval.',
    permission,
    annotations: readOnly,
    labels: writtenByCallers,
    input: z.strictObject({}),
    output: approvalOutputs.list,
    example: () => ({}),
    async handler(_asked, call) {
      const all = (await (await approvalsOf(call))?.waiting(call.principal.tenant)) ?? [];
      const found = decidable(all, permission, call);
      return { approvals: found.slice(0, mostListed).map(shownOf), more: found.length > mostListed };
    },
    summary: ({ approvals }) =>
      approvals.length === 0
        ? 'Nothing waits for your approval.'
        : `${counted(approvals.length, 'call')} of other people wait for an approval.`,
  });

  const decideApproval = defineTool({
    name: 'decide_approval',
    title: 'Approve or decline what waits for a second person',
    description:
      'Approves or declines a call of somebody else that waits for a second person, with a reason; what is approved is carried out at once. Use it only when the user has decided so after reading what list_approvals says of it. Nobody decides on what they asked for themselves.',
    permission,
    annotations: endsForGood,
    labels: writtenByCallers,
    input: z.strictObject({
      approval_id: approvalIdFrom('list_approvals'),
      decision: oneOf(['approve', 'decline'], 'What the user decided.'),
      reason: paragraph(500, 'Why, for the one who asked.'),
    }),
    output: approvalOutputs.decision,
    async about({ approval_id }, call) {
      const found = await (await approvalsOf(call))?.read(call.principal.tenant, approval_id);
      return found && { requestedBy: found.record.user, joins: found.record.correlationId };
    },
    async confirmation({ approval_id, decision, reason }, call) {
      const found = await (await approvalsOf(call))?.read(call.principal.tenant, approval_id);
      return decision === 'approve' && found?.record.state === 'waiting'
        ? `You approve what ${askerOf(found.record)} asked for: ${found.record.question} It is carried out at once. Your reason: ${reason}`
        : undefined;
    },
    async handler({ approval_id, ...decision }, call) {
      const approvals = await approvalsOf(call);
      if (approvals === undefined) {
        throw new NotFound('Nothing needs a second person here, so there is nothing to decide.');
      }
      const { found, sentence } = await approvals.decide(approval_id, decision, call.principal);
      return { approval_id, state: found.record.state, result: sentence };
    },
    summary: ({ result }) => result,
  });
  return [listApprovals, decideApproval];
}
