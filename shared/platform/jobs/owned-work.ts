import type { Principal } from '../identity/principal.ts';

/**
 * Work that goes on after the request that asked for it, and belongs to whoever asked. For everybody else, and when it
 * has expired, it does not exist: foreign, unknown and expired ids are the same `undefined`. Any instance can answer for
 * any work.
 * @typeParam State the work as it is at one moment
 */
export interface OwnedWork<State> {
  get(id: string, principal: Principal): Promise<State | undefined>;
  /**
   * Ends the work. What has ended stays as it is.
   * @returns the state afterwards
   */
  cancel(id: string, principal: Principal): Promise<State | undefined>;
  /** The principal's own, newest first. */
  list(principal: Principal): Promise<readonly State[]>;
  /**
   * The state now and after each change, up to the final one; nothing as for `get`. Ends when the signal aborts.
   * @param after a progress that the caller knows of: what came after it is told, even what has passed
   */
  watch(
    id: string,
    principal: Principal,
    signal: AbortSignal,
    after?: number,
  ): AsyncGenerator<State, void, undefined>;
}
