import type { SwitchBoard } from '../access/switch-board.ts';
import type { Switches } from '../access/switches.ts';
import type { Principal } from '../identity/principal.ts';
import type { JsonObject } from './message/json-object.ts';

/**
 * Whether a message asks who this server is. The answer is the same whatever is switched off, so it waits neither for the
 * switches to be read nor, in a new process, for the storage library to be loaded.
 */
export function asksWhoThisIs({ method }: JsonObject): boolean {
  return method === 'initialize' || method === 'server/discover';
}

/** Of callers who are remembered with their tokens, what was made for the last request: switches are hardly ever turned. */
const last = new WeakMap<Principal, Principal>();

/** The caller, with what the operator switched off. */
export function underSwitches(
  verified: Principal,
  board: Pick<SwitchBoard, 'current'> | undefined,
): Principal | Promise<Principal> {
  const switches = board?.current();
  return switches instanceof Promise
    ? switches.then((known) => withSwitches(verified, known))
    : withSwitches(verified, switches);
}

function withSwitches(verified: Principal, switches: Switches | undefined): Principal {
  if (switches === undefined) {
    return verified;
  }
  const known = last.get(verified);
  if (known?.switches === switches) {
    return known;
  }
  const principal = { ...verified, switches };
  last.set(verified, principal);
  return principal;
}
