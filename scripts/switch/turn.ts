import { randomUUID } from 'node:crypto';
import type { AuditEntry } from '#platform/access/audit';
import type { SwitchedOff } from '#platform/access/switches';
import { auditStore } from '#platform/storage/audit-store';
import type { Storage } from '#platform/storage/connect';
import { switchStore } from '#platform/storage/switch-store';

/** A turn of a switch. */
export interface Turn extends SwitchedOff {
  readonly to: 'on' | 'off';
  /** Who turns it, as the trail is to name them. */
  readonly by: string;
  readonly reason: string;
}

/**
 * Turns a switch. The turn is in the trail before it is made, as begun, and again when it is made: in that of its tenant,
 * or in that of the platform when it is for all tenants.
 * @throws Unavailable when storage does not answer; nothing is turned then that is not on record
 */
export async function turnSwitch(storage: Storage, turn: Turn, now: () => Date): Promise<void> {
  const trail = auditStore(storage);
  const switches = switchStore(storage);
  const { tenant, what, by, reason } = turn;
  const begun = now();
  const entry = entryOf(turn, begun);
  await trail.write([{ ...entry, outcome: 'started' }]);
  if (turn.to === 'off') {
    await switches.add({ tenant, what, by, reason, since: begun.toISOString() });
  } else {
    await switches.remove({ tenant, what });
  }
  await trail.write([
    { ...entry, outcome: 'ok', durationMs: Math.max(0, now().getTime() - begun.getTime()) },
  ]);
}

function entryOf({ tenant, what, to, by, reason }: Turn, time: Date): AuditEntry {
  const id = randomUUID();
  return {
    id,
    time: time.toISOString(),
    tenant,
    user: `operator:${by}`,
    application: 'switch',
    by: 'caller',
    tool: `switch/${to}`,
    decision: 'allowed',
    reason: `${what}: ${reason}`,
    argumentDigest: '',
    outcome: 'started',
    durationMs: 0,
    correlationId: id,
  };
}
