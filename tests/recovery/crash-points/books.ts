import type { Payment, SecurityEvent, Subscription, Ticket } from '#contoso/rules/model';
import { accountRecords, spending } from '#contoso/stores/records';
import { readMarks } from '#contoso/stores/search/changing';
import { customerKeys } from '#contoso/stores/search/customer-row';
import { planKeys } from '#contoso/stores/search/index-rows';
import { listedCustomer } from '#contoso/stores/search/listed';
import { approvalStore } from '#platform/approvals/approval-store';
import type { ApprovalRecord } from '#platform/approvals/record';
import type { Principal } from '#platform/identity/principal';
import type { TenantId } from '#platform/identity/tenant';
import { ownerOf } from '#platform/jobs/job-store';
import type { AuditRow } from '#platform/storage/audit-rows';
import { auditStore } from '#platform/storage/audit-store';
import type { Storage } from '#platform/storage/connect';
import { hashed, kindOf, paddedId } from '#platform/storage/keys';
import { absentTableAs } from '#platform/storage/marker';
import { odata } from '#platform/storage/odata';
import type { StoredRow, Table } from '#platform/storage/table';
import { tableName } from '#platform/storage/tables';
import { directory, plansOnOffer, type Subject, type World } from './subjects.ts';

/** What is on record of a subject, read from storage without the product. */
export interface Books {
  readonly payments: readonly Payment[];
  readonly tickets: readonly Ticket[];
  readonly events: readonly SecurityEvent[];
  readonly subscription: Subscription | undefined;
  /** What the customer is found by. */
  readonly index: {
    /** Plans in the row that lists the customer. */
    readonly listed: readonly number[];
    /** Plans that have a row of the customer. */
    readonly found: readonly number[];
    /** How many marks say that the customer's records are changing. */
    readonly marks: number;
  };
  /** Answers that are kept under the caller's keys. */
  readonly receipts: number;
  /** How many payments the user made without a confirmation. */
  readonly unconfirmed: number;
  /** Agreements that were used. */
  readonly agreements: number;
  readonly jobs: readonly { readonly status: string }[];
  /** What became of the calls of the user that needed a second person. */
  readonly approvals: readonly ApprovalRecord[];
  /** Running jobs' slots that are taken. */
  readonly slots: number;
  /** Keys under which jobs were started. */
  readonly jobKeys: number;
}

export async function booksOf({ storage, tenant }: World, subject: Subject): Promise<Books> {
  const user = userOf(subject);
  const owner = ownerOf({ tenant, user } as Principal);
  const rowsOf = (table: string, partition: string) =>
    absentTableAs([], () =>
      storage.table(tableName(tenant, table)).list(odata`PartitionKey eq ${partition}`),
    );
  const [account, jobs, agreements, approvals, index] = await Promise.all([
    rowsOf('Accounts', paddedId(subject.customer_id)),
    rowsOf('Jobs', owner),
    rowsOf('Confirmations', hashed(user)),
    approvalsIn(storage, tenant),
    indexOf(storage.table(tableName(tenant, 'Directory')), subject),
  ]);
  const ofKind = (rows: readonly StoredRow[], kind: string) =>
    rows.filter(({ rowKey }) => kindOf(rowKey) === kind).map(({ properties }) => properties);
  return {
    payments: ofKind(account, 'payment').map(accountRecords.payment.decode),
    tickets: ofKind(account, 'ticket').map(accountRecords.ticket.decode),
    events: ofKind(account, 'securityEvent').map(accountRecords.securityEvent.decode),
    subscription: ofKind(account, 'subscription').map(accountRecords.subscription.decode)[0],
    index,
    receipts: ofKind(account, 'receipt').length,
    unconfirmed: ofKind(account, 'spending').flatMap((row) => spending.decode(row).payments).length,
    agreements: agreements.length,
    approvals: approvals.filter((record) => record.user === user),
    jobs: ofKind(jobs, 'job').map(({ status }) => ({ status: String(status) })),
    slots: ofKind(jobs, 'place').length,
    jobKeys: ofKind(jobs, 'key').length,
  };
}

async function indexOf(table: Table, { customer_id }: Subject): Promise<Books['index']> {
  const lists = customerKeys(customer_id);
  const wanted = [lists, ...planKeys({ customer_id, plans: plansOnOffer })];
  const filters = wanted.map(
    (keys) => odata`PartitionKey eq ${keys.partitionKey} and RowKey eq ${keys.rowKey}`,
  );
  const [marks, rows] = await Promise.all([readMarks(table), table.list(filters.join(' or '))]);
  const isListing = ({ partitionKey }: StoredRow) => partitionKey === lists.partitionKey;
  return {
    listed: rows.filter(isListing).flatMap((row) => listedCustomer.decode(row.properties).plans ?? []),
    found: rows.filter((row) => !isListing(row)).map(({ rowKey }) => Number(rowKey.split(':')[0])),
    marks: marks.filter(({ value }) => value.customer_id === customer_id).length,
  };
}

async function approvalsIn(storage: Storage, tenant: TenantId): Promise<readonly ApprovalRecord[]> {
  const found: ApprovalRecord[] = [];
  for await (const page of approvalStore(storage, tenant).all()) {
    found.push(...page.map(({ record }) => record));
  }
  return found;
}

export const userOf = ({ user }: Subject) => `${directory}:${user}`;

/** The trail of a tenant, by the user whose calls it tells of. */
export async function trailOf({ storage, tenant }: World): Promise<{
  readonly all: readonly AuditRow[];
  of(subject: Subject): readonly AuditRow[];
}> {
  const all: AuditRow[] = [];
  for await (const row of auditStore(storage).rows(tenant)) {
    all.push(row);
  }
  return { all, of: (subject) => all.filter(({ entry }) => entry.user === userOf(subject)) };
}

/** The next id of a kind that nobody has yet. */
export async function nextId({ storage, tenant }: World, kind: string): Promise<number> {
  const row = await storage.table(tableName(tenant, 'Counters')).get('counter', kind);
  return Number(row?.properties.next);
}
