import type { TenantId } from '../identity/tenant.ts';

/**
 * What an operator can switch off: all that a tenant is offered, everything that changes records, a tool by its name, an
 * expert by its domain.
 */
export type Stoppable = 'everything' | 'changes' | `tool:${string}` | `expert:${string}`;

/** One thing that is off. What is off is off, whatever else is on. */
export interface SwitchedOff {
  /** Whose; undefined stands for all tenants. */
  readonly tenant: TenantId | undefined;
  readonly what: Stoppable;
}

/** Why something is stopped; `unread` when it cannot be told whether changes are off. */
export type Stop = Stoppable | 'unread';

/** What is off, as a process knows it. */
export interface Switches {
  /** Another one after each turn that the process saw: a part of the key of whatever is kept. */
  readonly version: number;
  /** The first of these that is off for a tenant; undefined when it is stopped by none. */
  stopOf(tenant: TenantId, stoppable: readonly Stoppable[]): Stop | undefined;
}

/**
 * @param version tells these switches from others of the same process
 * @param isRead whether what is off is known for sure; if not, no change is let through
 */
export function switchesOf(version: number, off: readonly SwitchedOff[], isRead: boolean): Switches {
  const keys = new Set(off.map(({ tenant, what }) => keyOf(tenant, what)));
  return {
    version,
    stopOf(tenant, stoppable) {
      if (keys.size === 0 && isRead) {
        return undefined;
      }
      const found = ['everything' as const, ...stoppable].find(
        (what) => keys.has(keyOf(tenant, what)) || keys.has(keyOf(undefined, what)),
      );
      return found ?? (!isRead && stoppable.includes('changes') ? 'unread' : undefined);
    },
  };
}

/** No tenant's slug has a star. */
function keyOf(tenant: TenantId | undefined, what: Stoppable): string {
  return `${tenant ?? '*'} ${what}`;
}
