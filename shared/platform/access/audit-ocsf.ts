import type { Actor } from '../identity/actor.ts';
import type { AuditEntry } from './audit.ts';
import type { ChainLink } from './audit-chain.ts';

/** The version of the schema whose class API Activity (6003) is written. https://schema.ocsf.io/1.6.0/classes/api_activity */
export const ocsfVersion = '1.6.0';

const apiActivity = { category: 6, class: 6003 } as const;
/** The trail has calls of tools; which of them read and which change is said by the tools, not by the trail. */
const other = 99;
const informational = 1;
const statuses = { success: 1, failure: 2, other: 99 } as const;
/** `user.type_id`: a person is a User; programs have no number of their own. */
const userTypes: Readonly<Record<Actor, readonly [number, string]>> = {
  person: [1, 'User'],
  agent_for_person: [1, 'User'],
  agent: [99, 'Agent'],
  application: [99, 'Application'],
};

/** One event of the class; what the schema has no place for is in `unmapped`, under the names of the trail. */
export type OcsfEvent = Readonly<Record<string, unknown>>;

/**
 * An entry of the trail as an event that a SIEM knows.
 * @param entry with members of its own beside those of the trail, if there are any
 * @param link its place in the chain, where it is known
 */
export function ocsfOf(entry: AuditEntry, link?: ChainLink): OcsfEvent {
  const { id, time, tenant, user, application, actor, tool, decision, reason, outcome, durationMs, count } =
    entry;
  const { correlationId, ...others } = entry;
  return {
    activity_id: other,
    activity_name: 'Call',
    category_uid: apiActivity.category,
    category_name: 'Application Activity',
    class_uid: apiActivity.class,
    class_name: 'API Activity',
    type_uid: apiActivity.class * 100 + other,
    type_name: 'API Activity: Other',
    severity_id: informational,
    severity: 'Informational',
    time: Date.parse(time),
    duration: Math.round(durationMs),
    ...(count === undefined ? {} : { count }),
    ...statusOf(decision, outcome),
    status_detail: reason,
    metadata: {
      version: ocsfVersion,
      uid: link === undefined ? id : `${id}:${link.shard}:${link.position}`,
      correlation_uid: correlationId,
      ...(tenant === undefined ? {} : { tenant_uid: tenant }),
      log_name: 'audit trail',
      product: { name: 'MCP backend', vendor_name: 'MCP backend' },
    },
    actor: {
      ...(application === '' ? {} : { app_uid: application }),
      user: userOf(user, actor),
      authorizations: [{ decision }],
    },
    api: { operation: tool === '' ? 'request' : tool, service: { name: 'mcp' } },
    // addresses are not in the trail; the calling application stands for where a call came from
    src_endpoint: application === '' ? { name: 'unknown' } : { uid: application },
    unmapped: { ...unmappedOf(others), ...link },
  };
}

function statusOf(decision: AuditEntry['decision'], outcome: string) {
  if (outcome === 'started') {
    return { status_id: statuses.other, status: 'Started', status_code: outcome };
  }
  return decision === 'allowed' && outcome === 'ok'
    ? { status_id: statuses.success, status: 'Success', status_code: outcome }
    : { status_id: statuses.failure, status: 'Failure', status_code: outcome };
}

/** Of a caller that could not be verified nothing is known, not even whether it is a person. */
function userOf(uid: string, actor: Actor | undefined) {
  if (uid === '') {
    return { name: 'unknown', type_id: 0, type: 'Unknown' };
  }
  const [type_id, type] = userTypes[actor ?? 'person'];
  return { uid, type_id, type };
}

const mapped: ReadonlySet<string> = new Set([
  ...['id', 'time', 'tenant', 'user', 'application', 'tool', 'decision', 'reason', 'outcome', 'durationMs'],
  'count',
]);

function unmappedOf(entry: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(entry).filter(([name, value]) => !mapped.has(name) && value !== undefined),
  );
}
