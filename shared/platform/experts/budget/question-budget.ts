import { addDays, dayOf } from '../../dates.ts';
import { Refused } from '../../errors.ts';
import { perTenant } from '../../identity/per-tenant.ts';
import type { Principal } from '../../identity/principal.ts';
import type { TenantId } from '../../identity/tenant.ts';
import type { Storage } from '../../storage/connect.ts';
import { ensured } from '../../storage/ensured.ts';
import { inTurn } from '../../storage/in-turn.ts';
import { hashed } from '../../storage/keys.ts';
import { tableName } from '../../storage/tables.ts';
import type { Logger } from '../../telemetry/log.ts';
import { failureOf } from '../../telemetry/spans.ts';
import { type Account, type Budgets, type DayUse, refusalOf, tokensLeft, warningOf } from './budgets.ts';
import { type DailyUse, dailyUse } from './daily-use.ts';

/** A question that was counted. */
export interface CountedQuestion {
  /** On which it counts, `YYYY-MM-DD`. */
  readonly day: string;
  /** Tokens that its answer may use; infinite when nothing limits them. */
  readonly tokensLeft: number;
  /**
   * Counts the tokens that it used; never rejects.
   * @returns what its answer has to say of the budget, if anything
   */
  settle(tokens: number): Promise<string | undefined>;
}

/** A question that may come again, and counts once. */
export interface Repeatable {
  /** The same whenever it comes again. Letters, digits, `-` and `_`. */
  readonly name: string;
  /** When it was asked; it counts on that day. */
  readonly askedAt: Date;
}

/** What questions may use in a day, over all instances. */
export interface QuestionBudget {
  /**
   * Counts a question, before anything is done for it.
   * @param repeatable for one whose process may end before it knows that the question was counted
   * @throws Refused when the budget is used up, with the time of its renewal; Unavailable when it cannot be counted
   */
  begin(caller: Pick<Principal, 'tenant' | 'user'>, repeatable?: Repeatable): Promise<CountedQuestion>;
  /** The same question later, or in another process; it is not counted again. */
  resume(caller: Pick<Principal, 'tenant' | 'user'>, day: string, tokensLeft: number): CountedQuestion;
  /** Forgets the counts of long ago, of all tenants. */
  tidy(enough?: AbortSignal): Promise<void>;
}

export interface QuestionBudgetOptions {
  readonly budgets: Budgets;
  readonly storage: Storage;
  readonly tenants: readonly TenantId[];
  readonly now: () => Date;
  readonly logger: Logger;
}

/** For how many days counts are kept, for whoever wants to look at them. */
const keptDays = 31;

/** Opens the budgets of a deployment that has some. */
export function questionBudget({
  budgets,
  storage,
  tenants,
  now,
  logger,
}: QuestionBudgetOptions): QuestionBudget {
  const uses = perTenant(tenants, (tenant) => {
    const table = storage.table(tableName(tenant, 'Budgets'));
    return dailyUse(ensured(table), table);
  });
  const accountOf = ({ tenant, user }: Pick<Principal, 'tenant' | 'user'>): UserAccount => {
    const onLost = (about: Lost) => logger.log('error', 'tokens not counted', { tenant, ...about });
    return { use: uses.of(tenant), holders: holdersOf(budgets, user), onLost };
  };
  return {
    begin: async (caller, repeatable) =>
      await begin(accountOf(caller), dayOf(repeatable?.askedAt ?? now()), repeatable?.name),
    resume: (caller, day, left) => counting(accountOf(caller), day, undefined, left),
    async tidy(enough) {
      const oldest = addDays(dayOf(now()), -keptDays);
      await inTurn(uses.all.values(), { enough }, (use) => use.removeBefore(oldest, enough));
    },
  };
}

type Holder = Omit<Account, 'used'> & { readonly key: string };

/** Whose budgets a question counts in; what has no budget is not counted. */
function holdersOf({ user: ofUser, tenant: ofTenant }: Budgets, user: string): readonly Holder[] {
  const all: readonly Holder[] = [
    { holder: 'user', budget: ofUser, key: `user:${hashed(user)}` },
    { holder: 'tenant', budget: ofTenant, key: 'tenant' },
  ];
  return all.filter(({ budget }) => budget.questions !== undefined || budget.tokens !== undefined);
}

interface Lost {
  readonly tokens: number;
  readonly failure: string;
}

interface UserAccount {
  readonly use: DailyUse;
  readonly holders: readonly Holder[];
  readonly onLost: (about: Lost) => void;
}

async function begin(account: UserAccount, day: string, once: string | undefined): Promise<CountedQuestion> {
  const { use, holders } = account;
  const check = (before: readonly DayUse[]) => {
    const refusal = refusalOf(accountsOf(holders, before), renewalOf(day));
    if (refusal !== undefined) {
      throw new Refused(refusal);
    }
  };
  const counts = await use.add(day, keysOf(holders), { questions: 1, tokens: 0 }, { check, once });
  return counting(account, day, counts, tokensLeft(accountsOf(holders, counts)));
}

/** @param counts as far as they are known */
function counting(
  { use, holders, onLost }: UserAccount,
  day: string,
  counts: readonly DayUse[] | undefined,
  left: number,
): CountedQuestion {
  let known = counts;
  return {
    day,
    tokensLeft: left,
    async settle(tokens) {
      try {
        // On the day of its question, also after midnight.
        known =
          tokens === 0 && known !== undefined
            ? known
            : await use.add(day, keysOf(holders), { questions: 0, tokens });
      } catch (error) {
        // The answer is there and paid for; who asked it is not to lose it.
        onLost({ tokens, failure: failureOf(error) });
      }
      return known && warningOf(accountsOf(holders, known), renewalOf(day));
    },
  };
}

const keysOf = (holders: readonly Holder[]) => holders.map(({ key }) => key);

function accountsOf(holders: readonly Holder[], counts: readonly DayUse[]): readonly Account[] {
  return holders.map(({ holder, budget }, place) => ({
    holder,
    budget,
    used: counts[place] ?? { questions: 0, tokens: 0 },
  }));
}

function renewalOf(day: string): string {
  return new Date(addDays(day, 1)).toISOString();
}
