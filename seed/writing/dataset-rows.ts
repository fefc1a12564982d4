import { accountRow } from '#contoso/stores/account-rows';
import { productRow, promotionRow } from '#contoso/stores/catalog-store';
import { directoryRows } from '#contoso/stores/directory-store';
import { documentRow } from '#contoso/stores/knowledge-store';
import { lookupRow } from '#contoso/stores/lookup-store';
import { complete, indexStateRow } from '#contoso/stores/search/index-state';
import type { DataTable } from '#contoso/stores/tables';
import { usageRow } from '#contoso/stores/usage-store';
import { groupBy } from '#platform/group-by';
import type { NewRow } from '#platform/storage/table';
import type { Dataset } from './dataset.ts';

/**
 * Every row of a dataset, by table.
 * @throws RangeError when a record refers to another one that the dataset does not hold
 */
export function rowsOfDataset(dataset: Dataset): { readonly table: DataTable; readonly rows: NewRow[] }[] {
  const owners = ownersIn(dataset);
  return [
    { table: 'Accounts', rows: accountRows(dataset, owners) },
    { table: 'Usage', rows: dataset.usage.map((day) => usageRow(day.subscription_id, day)) },
    {
      table: 'Directory',
      rows: [...directoryOf(dataset), indexStateRow(complete)],
    },
    {
      table: 'Catalog',
      rows: [...dataset.products.map(productRow), ...dataset.promotions.map(promotionRow)],
    },
    { table: 'Knowledge', rows: dataset.documents.map(documentRow) },
    { table: 'Lookup', rows: lookupRows(owners) },
  ];
}

function directoryOf({ customers, subscriptions }: Dataset): NewRow[] {
  const held = groupBy(subscriptions, ({ customer_id }) => customer_id);
  return customers.flatMap((customer) => directoryRows(customer, held.get(customer.customer_id) ?? []));
}

/** Customer ids of subscriptions and invoices, by their ids. */
interface Owners {
  readonly subscription: ReadonlyMap<number, number>;
  readonly invoice: ReadonlyMap<number, number>;
}

function ownersIn(dataset: Dataset): Owners {
  const subscription = new Map(
    dataset.subscriptions.map(({ subscription_id, customer_id }) => [subscription_id, customer_id]),
  );
  const invoice = new Map(
    dataset.invoices.map(({ invoice_id, subscription_id }) => [
      invoice_id,
      ownerIn(subscription, subscription_id, `Invoice ${invoice_id}`),
    ]),
  );
  return { subscription, invoice };
}

function ownerIn(owners: ReadonlyMap<number, number>, id: number, referrer: string): number {
  const owner = owners.get(id);
  if (owner === undefined) {
    throw new RangeError(`${referrer} refers to ${id}, which the dataset does not hold.`);
  }
  return owner;
}

function accountRows(dataset: Dataset, owners: Owners): NewRow[] {
  return [
    ...dataset.customers.map((record) => accountRow(record.customer_id, 'profile', record)),
    ...dataset.subscriptions.map((record) => accountRow(record.customer_id, 'subscription', record)),
    ...dataset.invoices.map((record) =>
      accountRow(ownerIn(owners.invoice, record.invoice_id, 'An invoice'), 'invoice', record),
    ),
    ...dataset.payments.map((record) =>
      accountRow(
        ownerIn(owners.invoice, record.invoice_id, `Payment ${record.payment_id}`),
        'payment',
        record,
      ),
    ),
    ...dataset.orders.map((record) => accountRow(record.customer_id, 'order', record)),
    ...dataset.tickets.map((record) => accountRow(record.customer_id, 'ticket', record)),
    ...dataset.securityEvents.map((record) => accountRow(record.customer_id, 'securityEvent', record)),
    ...dataset.incidents.map((record) =>
      accountRow(
        ownerIn(owners.subscription, record.subscription_id, `Incident ${record.incident_id}`),
        'incident',
        record,
      ),
    ),
  ];
}

function lookupRows(owners: Owners): NewRow[] {
  return [
    ...[...owners.subscription].map(([id, customerId]) => lookupRow('subscription', id, customerId)),
    ...[...owners.invoice].map(([id, customerId]) => lookupRow('invoice', id, customerId)),
  ];
}
