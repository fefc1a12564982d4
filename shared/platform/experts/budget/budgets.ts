import { readableTime } from '../../dates.ts';

/** What may be used in a day (UTC); what is left out has no end. */
export interface DailyBudget {
  /** Questions to experts. */
  readonly questions?: number;
  /** Tokens of language models, read and written. */
  readonly tokens?: number;
}

export interface Budgets {
  /** Of each user. */
  readonly user: DailyBudget;
  /** Of all users of a tenant together. */
  readonly tenant: DailyBudget;
}

/** What was used of a day. */
export interface DayUse {
  readonly questions: number;
  readonly tokens: number;
}

/** A budget, and what is used of it. */
export interface Account {
  readonly holder: keyof Budgets;
  readonly budget: DailyBudget;
  readonly used: DayUse;
}

/** From this share on, an answer says how much is used. */
const warnedFrom = 0.9;

const owners: Readonly<Record<Account['holder'], string>> = {
  user: 'your',
  tenant: 'your organisation’s',
};

interface Part {
  readonly owner: string;
  readonly unit: keyof DayUse;
  readonly used: number;
  readonly most: number;
}

function partsOf(accounts: readonly Account[]): readonly Part[] {
  return accounts.flatMap(({ holder, budget, used }) =>
    (['questions', 'tokens'] as const).flatMap((unit) => {
      const most = budget[unit];
      return most === undefined ? [] : [{ owner: owners[holder], unit, used: used[unit], most }];
    }),
  );
}

/** Why no further question may be asked today, in a sentence; undefined when one may. @param renewal ISO 8601 */
export function refusalOf(accounts: readonly Account[], renewal: string): string | undefined {
  const spent = partsOf(accounts).find(({ used, most }) => used >= most);
  return (
    spent &&
    `No question can be asked: ${spent.owner} ${spent.unit} for today are used up (${spent.used} of ${spent.most}); ask again after ${readableTime(renewal)}.`
  );
}

/** What an answer says when nine tenths are used, of the budget that is nearest to its end. @param renewal ISO 8601 */
export function warningOf(accounts: readonly Account[], renewal: string): string | undefined {
  const [nearest] = partsOf(accounts).toSorted((a, b) => b.used / b.most - a.used / a.most);
  return nearest === undefined || nearest.used < nearest.most * warnedFrom
    ? undefined
    : `Note: of ${nearest.owner} ${nearest.unit} for today, ${nearest.used} of ${nearest.most} are used; they are renewed at ${readableTime(renewal)}.`;
}

/** Tokens that may still be used today; infinite when nothing limits them. */
export function tokensLeft(accounts: readonly Account[]): number {
  const left = partsOf(accounts).flatMap(({ unit, used, most }) => (unit === 'tokens' ? most - used : []));
  return Math.min(Number.POSITIVE_INFINITY, ...left);
}
