import { once } from '../caching/once.ts';
import type { Table } from './table.ts';

/**
 * Creates a table before its first use in this process; the service's own tables are made by whoever needs them
 * first. A failed attempt is made again.
 */
export function ensured(table: Table): () => Promise<Table> {
  return once(async () => {
    await table.ensure();
    return table;
  });
}
