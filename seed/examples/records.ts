import type { ExampleRecords } from '#contoso/define';
import { balanceOf } from '#contoso/rules/billing';
import { currentLock } from '#contoso/rules/lock';
import type { Dataset } from '../writing/dataset.ts';

/** Records that one turn may use of each kind; those of the next turn come after them. */
const perTurn = 40;

/**
 * Hands out records of the demo data.
 * @param turn 0, 1, 2 … : different turns have different records
 */
export function exampleRecords(data: Dataset, turn: number): ExampleRecords {
  const subscriptionOf = new Map(data.subscriptions.toReversed().map((one) => [one.customer_id, one]));
  const customer = oneByOne(
    data.customers.filter(({ customer_id }) => subscriptionOf.has(customer_id)),
    turn * perTurn,
  );
  let keys = 0;
  return {
    customer,
    subscription: () => needed(subscriptionOf.get(customer().customer_id)),
    openInvoice: oneByOne(
      data.invoices.filter((invoice) => balanceOf(invoice, data.payments).outstanding > 1),
      turn * perTurn,
    ),
    // few are locked, and few products are there: the next turn begins with the next one
    lockedCustomer: oneByOne(lockedCustomers(data), turn),
    product: oneByOne(data.products, turn),
    otherProduct: (than) => needed(data.products.find(({ product_id }) => product_id !== than.product_id)),
    days: () => {
      const days = data.usage.map(({ usage_date }) => usage_date).sort();
      return { start_date: needed(days[0]), end_date: needed(days.at(-1)) };
    },
    key() {
      keys += 1;
      return `example-${turn}-${keys}`;
    },
  };
}

function lockedCustomers({ customers, securityEvents }: Dataset) {
  return customers.filter(
    ({ customer_id }) =>
      currentLock(securityEvents.filter((event) => event.customer_id === customer_id)) !== undefined,
  );
}

/** Gives out each record once, from this place on. */
function oneByOne<T>(records: readonly T[], place: number): () => T {
  let next = place;
  return () => {
    const record = records[next];
    next += 1;
    return needed(record);
  };
}

function needed<T>(record: T | undefined): T {
  if (record === undefined) {
    throw new Error('The data has too few records for the examples.');
  }
  return record;
}
