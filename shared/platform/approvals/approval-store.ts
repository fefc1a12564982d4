import type { EndpointName } from '../access/offer.ts';
import { actors } from '../identity/actor.ts';
import type { TenantId } from '../identity/tenant.ts';
import { type Field, json, nullable, oneOf, recordCodec, text } from '../storage/codec.ts';
import type { Storage } from '../storage/connect.ts';
import { ensured } from '../storage/ensured.ts';
import { absentTableAs } from '../storage/marker.ts';
import { odata } from '../storage/odata.ts';
import type { StoredRow } from '../storage/table.ts';
import { tableName } from '../storage/tables.ts';
import { type ApprovalRecord, approvalIdShape, approvalStates, type StoredApproval } from './record.ts';

/** The calls of one tenant that wait for a second person, or waited. */
export interface ApprovalStore {
  /** One round trip. */
  read(id: string): Promise<StoredApproval | undefined>;
  /** Those that nobody decided on; those that have expired may be among them. One round trip for a thousand. */
  waiting(): Promise<StoredApproval[]>;
  /** All of them, a page at a time. */
  all(): AsyncIterable<StoredApproval[]>;
  /** One round trip. @throws StaleWrite when there is one of this id */
  insert(id: string, record: ApprovalRecord): Promise<void>;
  /** One round trip. @throws StaleWrite when it changed since it was read */
  replace(approval: StoredApproval, record: ApprovalRecord): Promise<void>;
  remove(id: string): Promise<void>;
}

const partition = 'approval';

/** What only this process wrote, as JSON. */
const stored = <T>() => json as Field<T>;

const codec = recordCodec<ApprovalRecord>({
  tool: text,
  question: text,
  input: stored(),
  digest: text,
  policy: text,
  user: text,
  userName: nullable(text),
  application: text,
  actor: oneOf(actors),
  roles: stored(),
  by: oneOf(['caller', 'expert']),
  endpoint: text as Field<EndpointName>,
  correlationId: text,
  createdAt: text,
  expiresAt: text,
  state: oneOf(approvalStates),
  updatedAt: text,
  decidedBy: nullable(text),
  reason: nullable(text),
  answer: nullable(stored()),
});

export function approvalStore(storage: Storage, tenant: TenantId): ApprovalStore {
  const unchecked = storage.table(tableName(tenant, 'Approvals'));
  const table = ensured(unchecked);
  const row = (id: string, record: ApprovalRecord) => ({
    partitionKey: partition,
    rowKey: id,
    properties: codec.encode(record),
  });
  return {
    async read(id) {
      if (!approvalIdShape.test(id)) {
        return undefined;
      }
      const found = await absentTableAs(undefined, () => unchecked.get(partition, id));
      return found && toApproval(found);
    },
    async waiting() {
      const filter = odata`PartitionKey eq ${partition} and state eq ${'waiting'}`;
      return (await absentTableAs([], () => unchecked.list(filter))).map(toApproval);
    },
    async *all() {
      const pages = (await table()).pages({ filter: odata`PartitionKey eq ${partition}`, pageSize: 100 });
      for await (const { rows } of pages) {
        yield rows.map(toApproval);
      }
    },
    async insert(id, record) {
      await (await table()).transact([{ insert: row(id, record) }]);
    },
    async replace({ id, etag }, record) {
      await (await table()).transact([{ replace: row(id, record), etag }]);
    },
    async remove(id) {
      await (await table()).transactRepeatable([{ remove: { partitionKey: partition, rowKey: id } }]);
    },
  };
}

function toApproval({ rowKey, etag, properties }: StoredRow): StoredApproval {
  return { id: rowKey, etag, record: codec.decode(properties) };
}
