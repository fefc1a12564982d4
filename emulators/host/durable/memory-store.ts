import type { StoredMessage } from './message.ts';
import type { HistoryEvent } from './protocol.ts';
import type { InstanceRecord } from './record.ts';
import type { DurableStore, HostEntry, IndexEntry, IndexFilter } from './store.ts';

interface Kept {
  readonly record: Readonly<InstanceRecord>;
  readonly history: readonly HistoryEvent[];
}

/** The task hub of one process, gone when it ends: for apps that set no storage. */
export function createMemoryStore(): DurableStore {
  const instances = new Map<string, Kept>();
  const entries = new Map<string, IndexEntry>();
  const messages = new Map<string, StoredMessage>();
  const hosts = new Map<string, HostEntry>();
  const owners = new Map<string, string>();
  const tenure = (instanceId: string) => ({ hostId: owners.get(instanceId) ?? '', number: 1 });
  return {
    async open() {},
    async create(record, hostId) {
      const { instanceId, createdTime } = record;
      if (instances.has(instanceId)) {
        return undefined;
      }
      instances.set(instanceId, { record, history: [] });
      owners.set(instanceId, hostId);
      entries.set(instanceId, { instanceId, createdTime, finalStatus: undefined, hostId });
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
    async list(filter) {
      return [...entries.values()]
        .filter((entry) => matches(entry, filter))
        .sort((a, b) => (a.instanceId < b.instanceId ? -1 : 1));
    },
    async index(entry) {
      entries.set(entry.instanceId, entry);
    },
    async removeFromIndex(instanceId) {
      entries.delete(instanceId);
    },
    async addMessage(message) {
      messages.set(message.id, message);
    },
    async messageKeys() {
      return [...messages.values()];
    },
    async messagesFor(instanceId) {
      return [...messages.values()].filter((message) => message.instanceId === instanceId);
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

function matches({ instanceId, finalStatus }: IndexEntry, { after, unfinished }: IndexFilter): boolean {
  return (after === undefined || instanceId > after) && (!unfinished || finalStatus === undefined);
}
