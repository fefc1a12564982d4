import { ApprovalRequired, Conflict, Refused } from '../../errors.ts';
import type { TenantId } from '../../identity/tenant.ts';
import type { Answer } from './answer.ts';
import type { Next, Step } from './compose.ts';
import type { Invocation } from './invocation.ts';

/** How what a caller asked for stands with its approval, in one sentence for the caller. */
export interface Standing {
  /** Of the approval. */
  readonly id: string;
  /** `waits`: for a second person, or to be carried out. `done`: carried out. `over`: it will not be. */
  readonly kind: 'waits' | 'done' | 'over';
  readonly sentence: string;
}

/** Where calls wait that need a second person. Its records decide, and nothing else does. */
export interface ApprovalDesk {
  /** Above which a change of this tenant needs a second person, in the unit of the business; undefined when none does. */
  aboveOf(tenant: TenantId): number | undefined;
  /**
   * How the same call stands, which its caller made before under the same idempotency key.
   * @throws Conflict when that was a call with other arguments
   */
  known(invocation: Invocation): Promise<Standing | undefined>;
  /** Puts a call on record that waits from now on. @throws Refused when too many of the caller's wait */
  request(invocation: Invocation, question: string): Promise<Standing>;
  /**
   * Who approved exactly this call, as `tid:oid`.
   * @throws Refused when nobody did, or the approval counts no longer
   */
  approver(invocation: Invocation, id: string): Promise<string>;
}

/**
 * A call that waited for a second person runs with the approval that it was given. One that is made again, to see what
 * became of it, is told.
 */
export function approvalOf(desk: ApprovalDesk | undefined): Step {
  async function standing<Result>(
    invocation: Invocation<Result>,
    next: Next<Result>,
  ): Promise<Answer<Result>> {
    const { operation, call, approval: id } = invocation;
    const above = operation.approval && desk?.aboveOf(call.principal.tenant);
    if (id !== undefined) {
      if (above === undefined || desk === undefined) {
        throw new Refused('Nothing needs a second person any more, so nothing was done; call again.');
      }
      call.approvedBy = await desk.approver(invocation, id);
    }
    if (above === undefined || desk === undefined) {
      return await next();
    }
    call.approveAbove = above;
    const known = id === undefined ? await desk.known(invocation) : undefined;
    if (known === undefined || known.kind === 'done') {
      return await next();
    }
    throw known.kind === 'waits'
      ? new ApprovalRequired(known.sentence, known.id)
      : new Conflict(known.sentence);
  }
  return function approval(invocation, next) {
    const isFree = invocation.operation.approval === undefined && invocation.approval === undefined;
    return isFree ? next() : standing(invocation, next);
  };
}

/** A call that needs a second person is put on record, and waits: it runs only when somebody else has approved it. */
export function approvalWith(desk: ApprovalDesk | undefined): Step {
  async function waits<Result>(
    above: number,
    invocation: Invocation<Result>,
    next: Next<Result>,
  ): Promise<Answer<Result>> {
    const question = await questionFor(invocation, above);
    if (question === undefined || desk === undefined) {
      return await next();
    }
    const { id, sentence } = await desk.request(invocation, question);
    throw new ApprovalRequired(sentence, id);
  }
  return function secondPerson(invocation, next) {
    const { approveAbove, approvedBy } = invocation.call;
    const isFree = approveAbove === undefined || approvedBy !== undefined;
    return isFree ? next() : waits(approveAbove, invocation, next);
  };
}

/** What was carried out before is answered as it was then. */
async function questionFor(
  { operation, input, call }: Invocation,
  above: number,
): Promise<string | undefined> {
  const isRepetition = await operation.confirmation?.isRepetition?.(input, call);
  return isRepetition === true ? undefined : await operation.approval?.(input, call, above);
}
