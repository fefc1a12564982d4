import * as z from 'zod';
import type { AuditEntry } from '../access/audit.ts';
import type { Permission } from '../access/permissions.ts';
import { counted } from '../counted.ts';
import { millisecondsPerDay } from '../dates.ts';
import { InvalidInput } from '../errors.ts';
import type { TenantId } from '../identity/tenant.ts';
import { integer, line, oneOf } from '../mcp/definitions/inputs.ts';
import { type AnyTool, defineTool, readOnly } from '../mcp/definitions/tool.ts';
import { type PageQuery, placeShape, type TrailPage } from '../storage/audit-pages.ts';
import { decodePlace, encodeKeyCursor } from '../storage/cursor.ts';
import { writtenInTheTenant } from './overview.ts';

/** Reads the trail of a tenant. */
export type ReadTrail = (tenant: TenantId, query: PageQuery) => Promise<TrailPage>;

const outcomes = ['ok', 'denied', 'failed', 'unfinished'] as const;

const time = (description: string) =>
  z.iso
    .datetime({ error: 'must be a time in UTC such as 2026-03-31T12:00:00Z' })
    .describe(description)
    .optional();

const input = z.strictObject({
  user: line(
    200,
    'Of this user alone: ids of directory and user with a colon between, or that of the user.',
  ).optional(),
  tool: line(200, 'Of this tool, prompt or resource alone.').optional(),
  outcome: oneOf(
    outcomes,
    'ok: carried out. denied: the caller might not. failed: ended otherwise. unfinished: began, and has no end.',
  ).optional(),
  since: time('The oldest that is wanted, ISO 8601 in UTC; a day before the newest when left out.'),
  until: time('Before this, ISO 8601 in UTC; now when left out.'),
  limit: integer(1, 200, 'Entries on a page.').default(50),
  cursor: line(1000, 'The next_cursor of the page before; leave it out for the first page.').optional(),
});
type Asked = z.output<typeof input>;

const shown = z.object({
  at: z.string().describe('When it began, ISO 8601, UTC.'),
  user: z.string().describe('Ids of directory and user; empty when nobody was verified.'),
  application: z.string().describe('Client id of the calling application.'),
  actor: z.string().optional().describe('Whether a person, an agent or another program acted.'),
  by: z.enum(['caller', 'expert']).describe('Who chose the call.'),
  tool: z.string().describe('What was asked for.'),
  decision: z.enum(['allowed', 'denied']),
  reason: z.string().describe('Why it was decided so.'),
  outcome: z.string().describe('ok, the code of a failure, or started.'),
  duration_ms: z.number(),
  requests: z.number().describe('How many it stands for.'),
  joins: z
    .string()
    .describe('Equal for what belongs together, such as a question and the calls made for it.'),
});

/**
 * For pages: the trail of the caller's tenant, the newest first. It has neither arguments nor answers, so none of the
 * tenant's records; and reading it is on record itself.
 */
export function trailOverview(permission: Permission, read: ReadTrail): AnyTool {
  return defineTool({
    name: 'read_trail',
    title: 'Read the audit trail',
    description:
      'For pages that show its user the audit trail of their organisation: who asked for what, whether they might, and how it ended, the newest first. When the result has a next_cursor, there may be more, even behind an empty page.',
    permission,
    annotations: readOnly,
    labels: writtenInTheTenant,
    input,
    output: z.object({
      entries: z.array(shown),
      next_cursor: z.string().optional().describe('Where the next page begins; missing on the last page.'),
    }),
    async handler(asked, { principal, now }) {
      const { since, before, search } = rangeOf(asked, now());
      const { entries, next } = await read(principal.tenant, {
        ...{ since, before, limit: asked.limit },
        matches: (entry) => isWanted(entry, asked),
      });
      return {
        entries: entries.map(shownOf),
        ...(next !== undefined && { next_cursor: encodeKeyCursor(`${since} ${next}`, search) }),
      };
    },
    summary: ({ entries, next_cursor }) =>
      `${counted(entries.length, 'entry', 'entries')}; ${next_cursor === undefined ? 'there are no more.' : 'there may be more, call again with next_cursor.'}`,
  });
}

/** What is looked at. A page after the first goes on in the range of the first, whatever the time is by then. */
function rangeOf({ user, tool, outcome, since, until, cursor }: Asked, now: Date) {
  const search = JSON.stringify([user, tool, outcome, since, until]);
  if (cursor !== undefined) {
    const place = decodePlace(cursor, search);
    const [from = '', before = '', ...rest] = 'key' in place ? place.key.split(' ') : [];
    if (![from, before].every(isPlace) || rest.length > 0) {
      throw new InvalidInput(
        'The cursor is not one that this list returned; leave it out to start at the beginning.',
      );
    }
    return { since: from, before, search };
  }
  const end = until === undefined ? now : new Date(until);
  const start = since === undefined ? new Date(end.getTime() - millisecondsPerDay) : new Date(since);
  if (start >= end) {
    throw new InvalidInput('since must be before until.');
  }
  return { since: start.toISOString(), before: end.toISOString(), search };
}

function isPlace(text: string): boolean {
  return placeShape.test(text) && !Number.isNaN(Date.parse(text.slice(0, text.indexOf('Z') + 1)));
}

function isWanted(entry: AuditEntry, { user, tool, outcome }: Asked): boolean {
  return (
    (user === undefined || entry.user === user || entry.user.endsWith(`:${user}`)) &&
    (tool === undefined || entry.tool === tool) &&
    (outcome === undefined || outcomeOf(entry) === outcome)
  );
}

function outcomeOf({ decision, outcome }: AuditEntry): (typeof outcomes)[number] {
  if (decision === 'denied') {
    return 'denied';
  }
  return outcome === 'ok' ? 'ok' : outcome === 'started' ? 'unfinished' : 'failed';
}

function shownOf({ time: at, durationMs, count = 1, correlationId: joins, ...entry }: AuditEntry) {
  const { user, application, actor, by, tool, decision, reason, outcome } = entry;
  return {
    ...{ at, user, application, by, tool, decision, reason, outcome },
    ...(actor !== undefined && { actor }),
    ...{ duration_ms: durationMs, requests: count, joins },
  };
}
