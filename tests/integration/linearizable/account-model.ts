import type { Model } from './checker.ts';

/** What callers ask of one customer. Amounts are cents; a key is meant once, however often it is sent. */
export type Asked =
  | { readonly kind: 'pay'; readonly key: string; readonly cents: number }
  | { readonly kind: 'ticket'; readonly key: string }
  | { readonly kind: 'roaming'; readonly key: string; readonly to: boolean }
  | { readonly kind: 'read balance' | 'read tickets' | 'read roaming' };

/** What they read: outstanding cents, the id of a ticket, how many tickets, a switch; `refused` for a payment of more than is outstanding. */
export type Answered = number | boolean | string;

/** A customer's records, as far as they matter. */
export interface AccountState {
  readonly outstanding: number;
  readonly tickets: number;
  readonly roaming: boolean;
  /** The answer under each key; of an answer that nobody got, `?`. */
  readonly kept: Readonly<Record<string, Answered>>;
}

export function accountModel(outstanding: number): Model<AccountState, Asked, Answered> {
  return {
    begin: { outstanding, tickets: 0, roaming: false, kept: {} },
    step(state, asked, answer) {
      if (!('key' in asked)) {
        return answer === undefined || answer === seen(state, asked.kind) ? state : undefined;
      }
      const kept = state.kept[asked.key];
      if (kept !== undefined) {
        return answer === undefined || kept === '?' || kept === answer ? state : undefined;
      }
      return carriedOut(state, asked, answer);
    },
    textOf: ({ kept, ...rest }) =>
      JSON.stringify([rest, Object.entries(kept).sort(([one], [other]) => (one < other ? -1 : 1))]),
  };
}

function seen(state: AccountState, kind: string): Answered {
  return kind === 'read balance'
    ? state.outstanding
    : kind === 'read tickets'
      ? state.tickets
      : state.roaming;
}

function carriedOut(
  state: AccountState,
  asked: Extract<Asked, { readonly key: string }>,
  answer: Answered | undefined,
): AccountState | undefined {
  const keep = (value: Answered) => ({ ...state.kept, [asked.key]: value });
  switch (asked.kind) {
    case 'pay': {
      const left = state.outstanding - asked.cents;
      // a refusal is kept under no key
      const expected = left < 0 ? 'refused' : left;
      if (answer !== undefined && answer !== expected) {
        return undefined;
      }
      return left < 0 ? state : { ...state, outstanding: left, kept: keep(left) };
    }
    case 'ticket':
      return { ...state, tickets: state.tickets + 1, kept: keep(answer ?? '?') };
    case 'roaming':
      return { ...state, roaming: asked.to, kept: keep(answer ?? '?') };
  }
}
