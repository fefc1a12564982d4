import { type Exposure, exposureOf, stopOf, viewerAt } from '../../access/exposure.ts';
import { type Offer, requestedBy } from '../../access/offer.ts';
import type { SwitchBoard } from '../../access/switch-board.ts';
import type { Stop, Switches } from '../../access/switches.ts';
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
  function decided<Result>(
    invocation: Invocation<Result>,
    next: Next<Result>,
    known: Switches | undefined,
  ): Promise<Answer<Result>> {
    invocation.switches = known ?? invocation.call.principal.switches;
    const refusal = refusalOf(invocation);
    return refusal === undefined ? next() : Promise.reject(refusal);
  }
  return function access(invocation, next) {
    const known = switches?.current();
    return known instanceof Promise
      ? known.then((read) => decided(invocation, next, read))
      : decided(invocation, next, known);
  };
}

/** What a caller is told who may not; undefined for one who may. */
function refusalOf(invocation: Invocation): Error | undefined {
  switch (exposureTo(invocation)) {
    case 'open':
      return undefined;
    case 'off':
      return stopped(stopTo(invocation));
    case 'withheld':
      return new Refused(
        `You need the permission ${invocation.operation.offer.thing.permission} for this; ask your administrator for a role that has it.`,
      );
    case 'for_people':
      return new Refused(forPeople(invocation.call.principal));
    case 'for_another':
      return new Refused(
        'This is for somebody else than the one who asked for it; let another person who may do it decide.',
      );
    case 'absent':
      return new Refused('There is nothing of this name here; ask for the list to see what you may use.');
  }
}

/**
 * Of a call about what somebody asked for, whose request it is decides, too: it is looked up as soon as the arguments
 * are checked, and the trail joins the two.
 */
export function accessToRequest(switches: ReadSwitches | undefined): Step {
  const access = accessWith(switches);
  async function lookAt<Result>(invocation: Invocation<Result>, next: Next<Result>): Promise<Answer<Result>> {
    const { operation, input, call } = invocation;
    const about = await operation.about?.(input, call);
    if (about === undefined) {
      return await next();
    }
    invocation.about = about;
    invocation.joins = about.joins;
    return await access(invocation, next);
  }
  return function mayDecide(invocation, next) {
    return invocation.operation.about === undefined ? next() : lookAt(invocation, next);
  };
}

/** A change whose user was asked, or which waited, is looked at again before it begins: a switch may have been turned. */
export function changesStill(switches: ReadSwitches | undefined): Step {
  const access = accessWith(switches);
  return function stillOpen(invocation, next) {
    return invocation.operation.effects === 'writes' ? access(invocation, next) : next();
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
  const approved = call.approvedBy === undefined ? [] : [`approved_by:${call.approvedBy}`];
  switch (exposureTo(invocation)) {
    case 'open':
      return {
        decision: 'allowed',
        reason: [`role:${call.principal.roles.join('+')}`, ...approved].join(' '),
      };
    case 'off':
      return { decision: 'denied', reason: `switched_off:${stopTo(invocation)}` };
    case 'withheld':
      return { decision: 'denied', reason: `missing:${operation.offer.thing.permission}` };
    case 'for_people':
      return { decision: 'denied', reason: `actor:${call.principal.actor}` };
    case 'for_another':
      return { decision: 'denied', reason: 'own_request' };
    case 'absent':
      return { decision: 'denied', reason: 'not_offered' };
  }
}

/** What a program reads that asks for something of people. */
export function forPeople({ actor }: Pick<Principal, 'actor'>): string {
  return `This is for people, and you call as ${actorNames[actor]}; let a person sign in and do it.`;
}

function exposureTo(invocation: Invocation): Exposure {
  return exposureOf(offerIn(invocation), viewerOf(invocation));
}

function stopTo(invocation: Invocation): Stop | undefined {
  return stopOf(offerIn(invocation), viewerOf(invocation));
}

/** With whose request the call is about, once that is known. */
function offerIn({ operation: { offer }, about }: Invocation): Offer {
  return about === undefined ? offer : requestedBy(offer, about.requestedBy);
}

/** With the switches by which it was decided, so that the record says the same. */
function viewerOf({ endpoint, call, switches }: Invocation) {
  return viewerAt(endpoint, call.principal, switches);
}
