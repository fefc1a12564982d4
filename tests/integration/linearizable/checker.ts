/** One call and its answer, at logical times: no two have the same. */
export interface Operation<Asked, Answered> {
  readonly asked: Asked;
  readonly from: number;
  /** Undefined when nobody knows whether it was carried out: then it may have been, at any time since, or not at all. */
  readonly ended: { readonly at: number; readonly answer: Answered } | undefined;
}

/** What one record does when one call comes after the other. */
export interface Model<State, Asked, Answered> {
  readonly begin: State;
  /**
   * The state after a call; undefined when the call cannot have been answered so in this state. The same object when a call
   * with this answer changes nothing, now or later.
   * @param answer undefined when the answer is not known
   */
  step(state: State, asked: Asked, answer: Answered | undefined): State | undefined;
  /** The same for states that are the same, whichever way led to them. */
  textOf(state: State): string;
}

/** Whether a history can be explained, and as far as it could be. */
export interface Verdict {
  readonly linearizable: boolean;
  /** Most operations that could be put into an order. */
  readonly explained: number;
}

/**
 * Whether there is an order of the operations in which each has the answer that it was given and none comes before one that
 * had ended when it began (Wing and Gong 1993, with the memory of Lowe 2017).
 */
export function check<State, Asked, Answered>(
  model: Model<State, Asked, Answered>,
  history: readonly Operation<Asked, Answered>[],
): Verdict {
  const seen = new Set<string>();
  const waiting = [{ done: 0n, state: model.begin, count: 0 }];
  let explained = 0;
  for (let turn = waiting.pop(); turn !== undefined; turn = waiting.pop()) {
    const { done, state, count } = turn;
    explained = Math.max(explained, count);
    const open = history.filter((_, place) => (done & (1n << BigInt(place))) === 0n);
    if (open.every(({ ended }) => ended === undefined)) {
      return { linearizable: true, explained: count };
    }
    let next: typeof waiting = [];
    const firstEnd = Math.min(...open.map(({ ended }) => ended?.at ?? Number.POSITIVE_INFINITY));
    for (const [place, { asked, from, ended }] of history.entries()) {
      const bit = 1n << BigInt(place);
      if ((done & bit) !== 0n || from > firstEnd) {
        continue;
      }
      const after = model.step(state, asked, ended?.answer);
      if (after === undefined) {
        continue;
      }
      const turnAfter = { done: done | bit, state: after, count: count + 1 };
      if (after === state && ended !== undefined) {
        // whatever order there is, there is one in which this comes now: nothing else need be tried
        next = [turnAfter];
        break;
      }
      next.push(turnAfter);
    }
    for (const one of next) {
      const name = `${one.done} ${model.textOf(one.state)}`;
      if (!seen.has(name)) {
        seen.add(name);
        waiting.push(one);
      }
    }
  }
  return { linearizable: false, explained };
}
