import type { Storage } from '#platform/storage/connect';
import { Table } from '#platform/storage/table';
import { MemoryClient, type Use } from './client.ts';

/** Storage in this process, for more rows than Azurite takes. It counts the rows that it looks at. */
export interface MemoryStorage extends Storage {
  readonly use: Use;
  client(name: string): MemoryClient;
}

export function memoryStorage(): MemoryStorage {
  const use: Use = { rowsRead: 0 };
  const clients = new Map<string, MemoryClient>();
  const tables = new Map<string, Table>();
  const client = (name: string) => {
    const known = clients.get(name) ?? new MemoryClient(use);
    clients.set(name, known);
    return known;
  };
  return {
    use,
    client,
    table(name) {
      const { asClient } = client(name);
      const table = tables.get(name) ?? new Table(async () => ({ retrying: asClient, once: asClient }));
      tables.set(name, table);
      return table;
    },
    tableNames: async () => [...clients.keys()].sort(),
    load: async () => {},
    ping: async () => {},
  };
}
