import { type Exposure, exposureOf, stopOf, viewerAt } from '../../access/exposure.ts';
import type { SwitchBoard } from '../../access/switch-board.ts';
import type { Stop } from '../../access/switches.ts';
import { Refused, Unavailable } from '../../errors.ts';
import { actorNames } from '../../identity/actor.ts';
import type { Principal } from '../../identity/principal.ts';
import type { Answer } from './answer.ts';
import type { Next, Step } from './compose.ts';
import type { Invocation } from './invocation.ts';

/** The switches, as they are read at every call. */
export type ReadSwitches = Pick<SwitchBoard, 'current'>;

/**
 * Deny by default, on every path that reaches an operation. The endpoint has answered a direct call without the
 * permission with HTTP 403 before; this holds for every other way in.
 * @param switches those of the caller's request count when left out
 */
export function accessWith(switches: ReadSwitches | undefined): Step {
  return async function access<Result>(
    invocation: Invocation<Result>,
    next: Next<Result>,
  ): Promise<Answer<Result>> {
    invocation.switches = (await switches?.current()) ?? invocation.call.principal.switches;
    switch (exposureTo(invocation)) {
      case 'open':
        return await next();
      case 'off':
        throw stopped(stopTo(invocation));
      case 'withheld':
        throw new Refused(
          `You need the permission ${invocation.operation.offer.thing.permission} for this; ask your administrator for a role that has it.`,
        );
      case 'for_people':
        throw new Refused(forPeople(invocation.call.principal));
      case 'absent':
        throw new Refused('There is nothing of this name here; ask for the list to see what you may use.');
    }
  };
}

/** A change whose user was asked, or which waited, is looked at again before it begins: a switch may have been turned. */
export function changesStill(switches: ReadSwitches | undefined): Step {
  const access = accessWith(switches);
  return async function stillOpen<Result>(
    invocation: Invocation<Result>,
    next: Next<Result>,
  ): Promise<Answer<Result>> {
    return invocation.operation.effects === 'writes' ? await access(invocation, next) : await next();
  };
}

function stopped(stop: Stop | undefined): Error {
  switch (stop) {
    case 'unread':
      return new Unavailable(
        'Whether changes are switched off cannot be read at the moment, so nothing was changed; try again in a minute.',
      );
    case 'everything':
      return new Refused(
        'The operator has switched this service off for your organisation; ask your administrator when it will be on again.',
      );
    case 'changes':
      return new Refused(
        'The operator has switched off all changes, so nothing was changed; look things up meanwhile, and ask your administrator when changes will be on again.',
      );
    default:
      return new Refused(
        'The operator has switched this off; go on without it, and ask your administrator when it will be on again.',
      );
  }
}

/** Whether the caller may do what is asked for, and for what reason, for whoever keeps a record of it. */
export function decisionOf(invocation: Invocation): {
  readonly decision: 'allowed' | 'denied';
  readonly reason: string;
} {
  const { operation, call } = invocation;
  switch (exposureTo(invocation)) {
    case 'open':
      return { decision: 'allowed', reason: `role:${call.principal.roles.join('+')}` };
    case 'off':
      return { decision: 'denied', reason: `switched_off:${stopTo(invocation)}` };
    case 'withheld':
      return { decision: 'denied', reason: `missing:${operation.offer.thing.permission}` };
    case 'for_people':
      return { decision: 'denied', reason: `actor:${call.principal.actor}` };
    case 'absent':
      return { decision: 'denied', reason: 'not_offered' };
  }
}

/** What a program reads that asks for something of people. */
export function forPeople({ actor }: Pick<Principal, 'actor'>): string {
  return `This is for people, and you call as ${actorNames[actor]}; let a person sign in and do it.`;
}

function exposureTo(invocation: Invocation): Exposure {
  return exposureOf(invocation.operation.offer, viewerOf(invocation));
}

function stopTo(invocation: Invocation): Stop | undefined {
  return stopOf(invocation.operation.offer, viewerOf(invocation));
}

/** With the switches by which it was decided, so that the record says the same. */
function viewerOf({ endpoint, call, switches }: Invocation) {
  return viewerAt(endpoint, { ...call.principal, ...(switches && { switches }) });
}
