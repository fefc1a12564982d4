import { StaleWrite } from '#platform/storage/stale-write';
import type { HistoryEvent } from './protocol.ts';
import { type InstanceRecord, isFinished } from './record.ts';
import type { Documents, DurableStore } from './store.ts';

/** The task hub of one process, gone when it ends: for apps that set no storage. */
export function createMemoryStore(): DurableStore {
  const instances = new Map<string, { record: Readonly<InstanceRecord>; history: HistoryEvent[] }>();
  const kept = ({ instanceId, incarnation }: Readonly<InstanceRecord>) => {
    const one = instances.get(instanceId);
    return one?.record.incarnation === incarnation ? one : undefined;
  };
  return {
    async create(record) {
      const isFree = !instances.has(record.instanceId);
      if (isFree) {
        instances.set(record.instanceId, { record, history: [] });
      }
      return isFree;
    },
    read: async (instanceId) => instances.get(instanceId)?.record,
    async commit(record, events) {
      const one = kept(record);
      if (one?.record.commits !== record.commits - 1) {
        throw new StaleWrite('The instance is not what it was.');
      }
      instances.set(record.instanceId, { record, history: [...one.history, ...events] });
    },
    history: async (record) => kept(record)?.history ?? [],
    purge: async (record) => kept(record) !== undefined && instances.delete(record.instanceId),
    list: async (which) =>
      [...instances.values()]
        .map(({ record }) => record)
        .filter((record) => which === 'all' || !isFinished(record))
        .sort((a, b) => (a.instanceId < b.instanceId ? -1 : 1)),
    messages: documents(),
    hosts: documents(),
  };
}

function documents<Value>(): Documents<Value> {
  const values = new Map<string, Value>();
  return {
    put: async (key, value) => void values.set(key, value),
    all: async () => [...values.values()],
    remove: async (key) => void values.delete(key),
  };
}
