import type { AuditEntry, AuditTrail } from '../../access/audit.ts';
import { monotonicNow } from '../../clock.ts';
import { uncounted } from '../../storage/round-trips.ts';
import { decisionOf } from './access.ts';
import type { ArgumentDigest } from './digest.ts';
import type { Invocation, Middleware } from './invocation.ts';

export interface AuditOptions {
  readonly trail: AuditTrail;
  readonly digest: ArgumentDigest;
}

/**
 * Notes every call, allowed or not. What only reads is written after the answer. What writes is on record before the
 * answer; and before it begins (see {@link auditStart}), so that no change is ever without an entry.
 */
export function audit(options: AuditOptions): Middleware {
  return async (invocation, next) => {
    const started = monotonicNow();
    try {
      return await next();
    } finally {
      const entry = entryOf(invocation, options);
      const complete = {
        ...entry,
        outcome: invocation.outcome,
        durationMs: Math.round(monotonicNow() - started),
      };
      // What is noted is written later, with what others noted: it belongs to no call.
      const note = () => uncounted(() => options.trail.note(complete));
      if (recordedBefore.has(invocation)) {
        await inTime(options.trail.record(complete)).catch(note);
      } else {
        note();
      }
    }
  };
}

/** Milliseconds that the answer to a finished change waits for its record, which then goes on in the background. */
const patience = 3_000;

async function inTime(recording: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('The audit trail is slow.')), patience);
  });
  try {
    await Promise.race([recording, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Calls whose beginning is on record. */
const recordedBefore = new WeakSet<Invocation>();

/** Records a write before it begins; without that record it does not begin. */
export function auditStart(options: AuditOptions): Middleware {
  return async (invocation, next) => {
    if (!invocation.tool.definition.annotations.readOnlyHint) {
      await options.trail.record(entryOf(invocation, options));
      recordedBefore.add(invocation);
    }
    return next();
  };
}

function entryOf(invocation: Invocation, { digest }: AuditOptions): AuditEntry {
  const { principal } = invocation.call;
  const { name, permission } = invocation.tool.definition;
  const decision = decisionOf(invocation);
  return {
    id: invocation.id,
    time: invocation.startedAt.toISOString(),
    tenant: principal.tenant,
    user: principal.user,
    application: principal.application,
    by: invocation.by,
    tool: name,
    decision,
    reason: decision === 'allowed' ? `role:${principal.roles.join('+')}` : `missing:${permission}`,
    argumentDigest: digest(principal.tenant, name, withoutCode(invocation.arguments)),
    outcome: 'started',
    durationMs: 0,
    correlationId: invocation.joins ?? invocation.correlationId,
  };
}

/** So that a proposal, its refusal and the call that confirms it have equal digests. */
function withoutCode(args: unknown): unknown {
  if (typeof args !== 'object' || args === null || Array.isArray(args)) {
    return args ?? {};
  }
  const { confirmation_code: _code, ...asked } = args as Readonly<Record<string, unknown>>;
  return asked;
}
