import { openTenantStore } from '#contoso/stores/open-tenant-store';
import { called } from './asking.ts';
import type { Books } from './books.ts';
import type { CrashClient } from './client.ts';
import { type Scenario, unequal } from './scenario.ts';
import { plansOnOffer, type Subject } from './subjects.ts';

const tool = 'update_subscription';
const hour = 3_600_000;

/** The plan that everybody has at first is 1; the caller's is 2, and somebody else's 3. */
export const changeOfPlan: Scenario = {
  name: 'a change of a subscription',
  tool,
  door: 'app',
  act: (client, { subscription_id, key }) => moved(client, subscription_id, 2, key),
  meanwhile: (client, { subscription_id, key }) => moved(client, subscription_id, 3, `${key} later`),
  done: ({ receipts }) => Math.ceil(receipts / 2),
  torn: (books) => [
    ...unequal('the plan, and that of the kept answers', books.subscription?.product_id ?? 0, planOf(books)),
    ...(books.index.marks > 0 ? [] : outOfDate(books)),
  ],
  async seen(client, subject) {
    const has = await planToldOf(client, subject);
    const found = await plansFinding(client, subject);
    return found === String(has) ? [] : [`the plan is ${has}, and the customer is found by: ${found}`];
  },
  async later({ storage, tenant }) {
    const store = openTenantStore(storage, tenant, () => new Date(Date.now() + hour));
    await store.tidy(new AbortController().signal);
  },
  wrong: (books) => [
    ...unequal('the plan that somebody else chose since, and the one that is on record', planOf(books), 3),
    ...outOfDate(books),
    ...unequal('marks that are left in the index', books.index.marks, 0),
  ],
};

function moved(client: CrashClient, subscription_id: number, product_id: number, idempotency_key: string) {
  return called(client, tool, { subscription_id, update: { product_id }, idempotency_key });
}

/** By how often it was changed. */
const planOf = ({ receipts }: Books) => 1 + receipts;

/** Where the index says something else than the record. */
function outOfDate({ subscription, index }: Books): readonly string[] {
  const is = String(subscription?.product_id);
  const said = { 'is listed with': index.listed, 'has rows of': index.found };
  return Object.entries(said)
    .filter(([, plans]) => plans.join() !== is)
    .map(
      ([what, plans]) => `the plan is ${is}, no mark says that it changes, and the index ${what} ${plans}`,
    );
}

async function planToldOf(client: CrashClient, { subscription_id }: Subject): Promise<number> {
  const detail = await called(client, 'get_subscription_detail', { subscription_id });
  return (detail as { product_id: number }).product_id;
}

/** The plans by which a search finds the customer, as a text. */
async function plansFinding(client: CrashClient, { customer_id }: Subject): Promise<string> {
  const finding: number[] = [];
  for (const plan of plansOnOffer) {
    const found = await customersWith(client, plan);
    finding.push(...found.filter((id) => id === customer_id).map(() => plan));
  }
  return finding.join();
}

async function customersWith(client: CrashClient, plan: number): Promise<readonly number[]> {
  const ids: number[] = [];
  for (let cursor: string | undefined; ; ) {
    const { customers, next_cursor } = (await called(client, 'get_all_customers', {
      search: `plan: ${plan}`,
      limit: 200,
      ...(cursor && { cursor }),
    })) as { customers: { customer_id: number }[]; next_cursor?: string };
    ids.push(...customers.map(({ customer_id }) => customer_id));
    if (next_cursor === undefined) {
      return ids;
    }
    cursor = next_cursor;
  }
}
