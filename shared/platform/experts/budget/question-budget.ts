import { dayOf } from '../../dates.ts';
import { Refused } from '../../errors.ts';
import type { Principal } from '../../identity/principal.ts';
import type { TenantId } from '../../identity/tenant.ts';
import type { Storage } from '../../storage/connect.ts';
import { ensured } from '../../storage/ensured.ts';
import { hashed } from '../../storage/keys.ts';
import { tableName } from '../../storage/tables.ts';
import type { Logger } from '../../telemetry/log.ts';
import { failureOf } from '../../telemetry/spans.ts';
import { type Account, type Budgets, type DayUse, refusalOf, tokensLeft, warningOf } from './budgets.ts';
import { type DailyUse, dailyUse } from './daily-use.ts';

/** A question that was counted. */
export interface CountedQuestion {
  /** Tokens that its answer may use; infinite when nothing limits them. */
  readonly tokensLeft: number;
  /**
   * Counts the tokens that it used; never rejects.
   * @returns what its answer has to say of the budget, if anything
   */
  settle(tokens: number): Promise<string | undefined>;
}

/** What questions may use in a day, over all instances. */
export interface QuestionBudget {
  /**
   * Counts a question, before anything is done for it.
   * @throws Refused when the budget is used up, with the time of its renewal; Unavailable when it cannot be counted
   */
  begin(caller: Pick<Principal, 'tenant' | 'user'>): Promise<CountedQuestion>;
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

const millisecondsPerDay = 86_400_000;
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
  const uses = new Map(
    tenants.map((tenant): [TenantId, DailyUse] => {
      const table = storage.table(tableName(tenant, 'Budgets'));
      return [tenant, dailyUse(ensured(table), table)];
    }),
  );
  return {
    async begin({ tenant, user }) {
      const use = uses.get(tenant);
      if (use === undefined) {
        throw new Error('A caller is of a tenant that is not served here.');
      }
      return await begin(use, holdersOf(budgets, user), now(), (error) =>
        logger.log('error', 'tokens not counted', { tenant, ...error }),
      );
    },
    async tidy(enough) {
      const oldest = dayOf(new Date(now().getTime() - keptDays * millisecondsPerDay));
      for (const use of uses.values()) {
        await use.removeBefore(oldest, enough);
      }
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

async function begin(
  use: DailyUse,
  holders: readonly Holder[],
  now: Date,
  onLost: (about: { readonly tokens: number; readonly failure: string }) => void,
): Promise<CountedQuestion> {
  const day = dayOf(now);
  const renewal = new Date(Date.parse(day) + millisecondsPerDay).toISOString();
  const keys = holders.map(({ key }) => key);
  const accounts = (counts: readonly DayUse[]): Account[] =>
    holders.map(({ holder, budget }, place) => ({
      holder,
      budget,
      used: counts[place] ?? { questions: 0, tokens: 0 },
    }));
  let counted = await use.add(day, keys, { questions: 1, tokens: 0 }, (before) => {
    const refusal = refusalOf(accounts(before), renewal);
    if (refusal !== undefined) {
      throw new Refused(refusal);
    }
  });
  return {
    tokensLeft: tokensLeft(accounts(counted)),
    async settle(tokens) {
      try {
        // On the day of its question, also after midnight.
        counted = tokens === 0 ? counted : await use.add(day, keys, { questions: 0, tokens });
      } catch (error) {
        // The answer is there and paid for; who asked it is not to lose it.
        onLost({ tokens, failure: failureOf(error) });
      }
      return warningOf(accounts(counted), renewal);
    },
  };
}
