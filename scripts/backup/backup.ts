import { mkdir } from 'node:fs/promises';
import type { TenantId } from '#platform/identity/tenant';
import type { Storage } from '#platform/storage/connect';
import { partitions } from '#platform/storage/partitions';
import { tableName } from '#platform/storage/tables';
import { auditRows, lastHeadOf } from './audit-rows.ts';
import { type Manifest, readManifest, tableFile, writeManifest } from './manifest.ts';
import { appendRows, contentOf, linesOf, resumeFile } from './table-file.ts';
import { growing, tablesOf } from './tables.ts';

export interface BackupOptions {
  readonly storage: Storage;
  readonly tenant: TenantId;
  /** Made when it is not there. One that has an unfinished back-up of the tenant is gone on with. */
  readonly dir: string;
  readonly now: () => Date;
  /** Told of each table that is read, and of the rows read of it so far. */
  readonly onRows?: (table: string, rows: number) => void;
}

/**
 * Writes a tenant's tables into files, a line a row. Each customer is as at one moment; the tables are read one after the
 * other, while the service goes on.
 * @throws Error when the folder has a finished back-up, or one of another tenant
 */
export async function backup({ storage, tenant, dir, now, onRows }: BackupOptions): Promise<Manifest> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  let manifest = await begun(dir, tenant, now);
  for (const table of await tablesOf(storage, tenant)) {
    if (Object.hasOwn(manifest.tables, table)) {
      continue;
    }
    const file = tableFile(dir, table);
    const from = await resumeFile(file);
    const source = storage.table(tableName(tenant, table));
    let rows = 0;
    if (growing.has(table) && manifest.lastHead === undefined) {
      // kept, so that a back-up that is gone on with has no later one either
      manifest = { ...manifest, lastHead: await lastHeadOf(source) };
      await writeManifest(dir, manifest);
    }
    const pages = growing.has(table)
      ? auditRows(source, from, manifest.lastHead ?? '')
      : partitions(source, from);
    await appendRows(file, pages, (more) => {
      rows += more;
      onRows?.(table, rows);
    });
    const content = await contentOf(linesOf(file));
    manifest = { ...manifest, tables: { ...manifest.tables, [table]: content } };
    await writeManifest(dir, manifest);
  }
  manifest = { ...manifest, finishedAt: now().toISOString() };
  await writeManifest(dir, manifest);
  return manifest;
}

async function begun(dir: string, tenant: TenantId, now: () => Date): Promise<Manifest> {
  const found = await readManifest(dir);
  if (found === undefined) {
    const manifest: Manifest = { format: 1, tenant, startedAt: now().toISOString(), tables: {} };
    await writeManifest(dir, manifest);
    return manifest;
  }
  if (found.tenant !== tenant) {
    throw new Error(`The folder has a back-up of ${found.tenant}; name another folder.`);
  }
  if (found.finishedAt !== undefined) {
    throw new Error(
      `The folder has a back-up that was finished at ${found.finishedAt}; name another folder.`,
    );
  }
  return found;
}
