import { createHash } from 'node:crypto';
import type { TenantId } from '../identity/tenant.ts';
import type { Storage } from './connect.ts';
import { ensured } from './ensured.ts';
import { StaleWrite } from './stale-write.ts';
import type { NewRow, StoredRow, Write } from './table.ts';
import { tableName } from './tables.ts';

/** Somebody who was invited to a tenant. */
export interface Person {
  /** Letters, digits, `-` and `_`; says nothing of who it is. */
  readonly id: string;
  readonly name: string;
  /** As the business names them. */
  readonly roles: readonly string[];
  /** That of the one link which registers a passkey, as a digest; undefined when there is none. */
  readonly invitation: { readonly digest: string; readonly expires: Date } | undefined;
}

/** The public half of a passkey (WebAuthn). What can sign in with it is in the person's authenticator alone. */
export interface Passkey {
  /** Credential id, base64url. */
  readonly id: string;
  /** COSE key, base64url. */
  readonly publicKey: string;
  /** Counts up with every use, of authenticators that count. */
  readonly counter: number;
}

/** A person as they were read; changes that somebody else was faster with are refused. */
export interface StoredPerson extends Person {
  readonly etag: string;
}

/** The accounts of one tenant, where the service signs people in itself. */
export interface PeopleStore {
  get(id: string): Promise<StoredPerson | undefined>;
  all(): Promise<readonly StoredPerson[]>;
  add(person: Person): Promise<void>;
  /** @throws StaleWrite when somebody changed it since it was read */
  change(person: StoredPerson): Promise<void>;
  /** The person, and all of their passkeys. */
  remove(id: string): Promise<void>;
  /** Uses the invitation up, and keeps the passkey. False when somebody used it first. */
  register(person: StoredPerson, passkey: Passkey): Promise<boolean>;
  passkey(person: string, id: string): Promise<Passkey | undefined>;
  counted(person: string, passkey: Passkey): Promise<void>;
}

const personRow = 'person';

/** One partition for each person, so that an invitation is used up and its passkey kept in one transaction. */
export function peopleStore(storage: Storage, tenant: TenantId): PeopleStore {
  const table = ensured(storage.table(tableName(tenant, 'People')));
  const write = async (steps: Write[]) => (await table()).transact(steps);
  return {
    async get(id) {
      const row = isId(id) ? await (await table()).get(id, personRow) : undefined;
      return row && personOf(row);
    },
    async all() {
      const rows = await (await table()).list(`RowKey eq '${personRow}'`);
      return rows.map(personOf);
    },
    add: (person) => write([{ insert: rowOf(person) }]),
    change: (person) => write([{ replace: rowOf(person), etag: person.etag }]),
    async remove(id) {
      const rows = await (await table()).list(`PartitionKey eq '${checkedId(id)}'`);
      const steps = rows.map(({ partitionKey, rowKey }) => ({ remove: { partitionKey, rowKey } }));
      if (steps.length > 0) {
        await (await table()).transactRepeatable(steps);
      }
    },
    async register(person, passkey) {
      const used = { ...person, invitation: undefined };
      try {
        await write([
          { replace: rowOf(used), etag: person.etag },
          { insert: passkeyRow(person.id, passkey) },
        ]);
        return true;
      } catch (error) {
        if (error instanceof StaleWrite) {
          return false;
        }
        throw error;
      }
    },
    async passkey(person, id) {
      const row = isId(person) ? await (await table()).get(person, passkeyKey(id)) : undefined;
      return row && passkeyOf(row);
    },
    counted: (person, passkey) => write([{ upsert: passkeyRow(person, passkey) }]),
  };
}

/** The stores of all tenants, each opened at its first use. */
export function peopleStores(storage: Storage): (tenant: TenantId) => PeopleStore {
  const opened = new Map<TenantId, PeopleStore>();
  return (tenant) => {
    const store = opened.get(tenant) ?? peopleStore(storage, tenant);
    opened.set(tenant, store);
    return store;
  };
}

const isId = (id: string) => /^[\w-]{1,64}$/.test(id);

function checkedId(id: string): string {
  if (!isId(id)) {
    throw new RangeError('An id of a person holds letters, digits, hyphens and underscores.');
  }
  return id;
}

/** Keys must not hold arbitrary characters. */
const passkeyKey = (id: string) => `passkey:${createHash('sha256').update(id).digest('base64url')}`;

function rowOf({ id, name, roles, invitation }: Person): NewRow {
  const properties = {
    name,
    roles: JSON.stringify(roles),
    ...(invitation && { invitation: invitation.digest, invitationExpires: invitation.expires.toISOString() }),
  };
  return { partitionKey: checkedId(id), rowKey: personRow, properties };
}

function personOf({ partitionKey, properties, etag }: StoredRow): StoredPerson {
  const { name, roles, invitation, invitationExpires } = properties;
  return {
    id: partitionKey,
    name: String(name),
    roles: JSON.parse(String(roles)) as string[],
    invitation:
      invitation === undefined
        ? undefined
        : { digest: String(invitation), expires: new Date(String(invitationExpires)) },
    etag,
  };
}

function passkeyRow(person: string, { id, publicKey, counter }: Passkey): NewRow {
  const properties = { id, publicKey, counter: BigInt(counter) };
  return { partitionKey: checkedId(person), rowKey: passkeyKey(id), properties };
}

function passkeyOf({ properties }: StoredRow): Passkey {
  const { id, publicKey, counter } = properties;
  return { id: String(id), publicKey: String(publicKey), counter: Number(counter) };
}
