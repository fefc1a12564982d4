import type { StoredMessage } from './message.ts';
import type { HistoryEvent } from './protocol.ts';
import { type InstanceRecord, isFinished } from './record.ts';
import type { DurableStore, HostEntry } from './store.ts';

interface Kept {
  readonly record: Readonly<InstanceRecord>;
  readonly history: readonly HistoryEvent[];
}

/** The task hub of one process, gone when it ends: for apps that set no storage. */
export function createMemoryStore(): DurableStore {
  const instances = new Map<string, Kept>();
  const messages = new Map<string, StoredMessage>();
  const hosts = new Map<string, HostEntry>();
  const owners = new Map<string, string>();
  const tenure = (instanceId: string) => ({ hostId: owners.get(instanceId) ?? '', number: 1 });
  return {
    async open() {},
    async create(record, hostId) {
      const { instanceId } = record;
      if (instances.has(instanceId)) {
        return undefined;
      }
      instances.set(instanceId, { record, history: [] });
      owners.set(instanceId, hostId);
      return tenure(instanceId);
    },
    async read(instanceId) {
      return instances.get(instanceId)?.record;
    },
    async commit({ record, events }) {
      const before = instances.get(record.instanceId)?.history ?? [];
      instances.set(record.instanceId, { record, history: [...before, ...events] });
    },
    async history({ instanceId }) {
      return [...(instances.get(instanceId)?.history ?? [])];
    },
    async tenure({ instanceId }) {
      return instances.has(instanceId) ? tenure(instanceId) : undefined;
    },
    async takeOver() {
      return true;
    },
    async purge({ instanceId, incarnation }) {
      if (instances.get(instanceId)?.record.incarnation !== incarnation) {
        return false;
      }
      return instances.delete(instanceId);
    },
    async list(which) {
      return [...instances.values()]
        .filter(({ record }) => which === 'all' || !isFinished(record))
        .map(({ record: { instanceId } }) => ({ instanceId, hostId: owners.get(instanceId) ?? '' }))
        .sort((a, b) => (a.instanceId < b.instanceId ? -1 : 1));
    },
    async addMessage(message) {
      messages.set(message.id, message);
    },
    async messages() {
      return [...messages.values()];
    },
    async removeMessages(_instanceId, ids) {
      for (const id of ids) {
        messages.delete(id);
      }
    },
    async hosts() {
      return [...hosts.values()];
    },
    async putHost(host) {
      hosts.set(host.hostId, host);
    },
    async removeHost(hostId) {
      hosts.delete(hostId);
    },
  };
}
