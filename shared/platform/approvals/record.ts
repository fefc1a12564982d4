import type { CallToolResult } from '@modelcontextprotocol/server';
import type { EndpointName } from '../access/offer.ts';
import type { Actor } from '../identity/actor.ts';

/**
 * `waiting`: nobody decided yet. `approved`: somebody did, and it is to be carried out. All others are final: `done` and
 * `failed` say how carrying out ended, `withdrawn` that its caller called it off, `lapsed` that what it was bound to was
 * changed.
 */
export const approvalStates = [
  'waiting',
  'approved',
  'declined',
  'withdrawn',
  'expired',
  'lapsed',
  'done',
  'failed',
] as const;
export type ApprovalState = (typeof approvalStates)[number];

/** Everything that is kept of a call that needs a second person. Arguments and reasons are here and nowhere else. */
export interface ApprovalRecord {
  readonly tool: string;
  /** What would happen, in one sentence. */
  readonly question: string;
  /** The checked arguments, with the idempotency key under which the call is carried out, once. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Keyed digest of tool and arguments, without the idempotency key. */
  readonly digest: string;
  /** Of the rules by which it needs a second person. */
  readonly policy: string;
  /** Who asked, as `tid:oid`, and by which roles. */
  readonly user: string;
  /** What their token called them; null where it did not say. */
  readonly userName: string | null;
  readonly application: string;
  readonly actor: Actor;
  readonly roles: readonly string[];
  readonly by: 'caller' | 'expert';
  readonly endpoint: EndpointName;
  /** Under which the trail joins request, decision and change. */
  readonly correlationId: string;
  /** ISO 8601 in UTC, as are the other times. */
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly state: ApprovalState;
  /** When the state became this one. */
  readonly updatedAt: string;
  /** Who decided, as `tid:oid`; null before. */
  readonly decidedBy: string | null;
  /** Why; null before. */
  readonly reason: string | null;
  /** What the call came to, as kept results are stored; null before. */
  readonly answer: CallToolResult | null;
}

/** A record with its id and the ETag that it was read at. */
export interface StoredApproval {
  readonly id: string;
  readonly etag: string;
  readonly record: ApprovalRecord;
}

/** As the durable engine, URIs and tasks take it. */
export const approvalIdShape = /^[0-9a-f]{48}$/;

export function isOver({ state }: Pick<ApprovalRecord, 'state'>): boolean {
  return state !== 'waiting' && state !== 'approved';
}
