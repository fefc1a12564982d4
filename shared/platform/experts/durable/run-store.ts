import * as z from 'zod';
import { actors } from '../../identity/actor.ts';
import type { Principal } from '../../identity/principal.ts';
import { type TenantId, tenantId } from '../../identity/tenant.ts';
import type { Storage } from '../../storage/connect.ts';
import { ensured } from '../../storage/ensured.ts';
import { hashed } from '../../storage/keys.ts';
import { odata } from '../../storage/odata.ts';
import { removeExpired } from '../../storage/remove-rows.ts';
import type { StoredRow } from '../../storage/table.ts';
import { tableName } from '../../storage/tables.ts';
import { chunksOf } from '../conversation-rows.ts';

/** A question as it was asked, and by whom: what a step needs of the call that is long over. */
export interface AskedQuestion {
  /** Name of the tool that was called. */
  readonly tool: string;
  /** Its checked input. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly principal: Principal;
  readonly correlationId: string;
  /** The client can be asked through the task. */
  readonly canBeAsked: boolean;
  /** When it was asked. */
  readonly at: Date;
}

/** What is kept of the long questions of a tenant: in the tenant's own table, a partition for each run. */
export interface RunStore {
  /** One round trip. @param run unguessable; letters, digits, `-` and `_` */
  create(run: string, asked: Omit<AskedQuestion, 'at'>): Promise<void>;
  /** The question, and what its run has written down by key; undefined when it is not kept any more. One round trip. */
  read(
    run: string,
  ): Promise<{ readonly asked: AskedQuestion; readonly entries: ReadonlyMap<string, unknown> } | undefined>;
  /** The question alone; undefined when it is not kept any more. One round trip. */
  readAsked(run: string): Promise<AskedQuestion | undefined>;
  /** One value of a run; undefined when there is none. One round trip. */
  readEntry(run: string, key: string): Promise<unknown>;
  /** One round trip. */
  write(run: string, key: string, value: unknown): Promise<void>;
  /** Removes the runs that are not kept any longer; returns the number of rows. */
  removeExpired(enough?: AbortSignal): Promise<number>;
}

const askedSchema = z.object({
  tool: z.string(),
  input: z.record(z.string(), z.unknown()),
  principal: z
    .object({
      tenant: z.string().transform(tenantId),
      user: z.string(),
      application: z.string(),
      // A question that was asked before this was on record: the least trusted.
      actor: z.enum(actors).catch('application'),
      parentApplication: z.string().optional(),
      roles: z.array(z.string()),
      permissions: z.array(z.string()).transform((all) => new Set(all)),
      expiresAt: z.number(),
    })
    .transform(({ parentApplication, ...who }) => ({
      ...who,
      ...(parentApplication !== undefined && { parentApplication }),
    })),
  correlationId: z.string(),
  canBeAsked: z.boolean(),
  at: z.coerce.date(),
});

/** Under which a run keeps its question. */
const askedKey = 'asked';

/** @param ttlMs how long a run is kept, in milliseconds from each of its writes */
export function runStore(storage: Storage, tenant: TenantId, now: () => Date, ttlMs: number): RunStore {
  const table = ensured(storage.table(tableName(tenant, 'Questions')));
  const write = async (run: string, key: string, value: unknown) => {
    const expiresAt = new Date(now().getTime() + ttlMs).toISOString();
    const rows = chunksOf(JSON.stringify(value)).map((text, place) => ({
      partitionKey: run,
      rowKey: `${hashed(key)}:${String(place).padStart(4, '0')}`,
      properties: { key, text, expiresAt },
    }));
    await (await table()).transact(rows.map((upsert) => ({ upsert })));
  };
  const readEntry = async (run: string, key: string) => {
    const name = hashed(key);
    // `;` is the character after `:`, with which the row keys of the entry go on.
    const filter = odata`PartitionKey eq ${run} and RowKey gt ${`${name}:`} and RowKey lt ${`${name};`}`;
    return entriesOf(await (await table()).list(filter)).get(key);
  };
  return {
    create: (run, { principal, ...asked }) => {
      const { permissions, token: _token, name: _name, switches: _switches, ...who } = principal;
      const caller = { ...who, permissions: [...permissions] };
      return write(run, askedKey, { ...asked, principal: caller, at: now() });
    },
    async read(run) {
      const entries = entriesOf(await (await table()).list(odata`PartitionKey eq ${run}`));
      const asked = entries.get(askedKey);
      return asked === undefined ? undefined : { asked: askedSchema.parse(asked), entries };
    },
    async readAsked(run) {
      const asked = await readEntry(run, askedKey);
      return asked === undefined ? undefined : askedSchema.parse(asked);
    },
    readEntry,
    write,
    removeExpired: async (enough) => removeExpired(await table(), now().toISOString(), enough),
  };
}

/** Rows come in the order of their keys, so the parts of a value are in theirs. */
function entriesOf(rows: readonly StoredRow[]): Map<string, unknown> {
  const texts = new Map<string, string>();
  for (const { properties } of rows) {
    const key = String(properties.key);
    texts.set(key, (texts.get(key) ?? '') + String(properties.text));
  }
  return new Map([...texts].map(([key, text]) => [key, JSON.parse(text) as unknown]));
}
