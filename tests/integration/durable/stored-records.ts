import { createMemoryStore } from '#emulators/host/durable/memory-store';
import { EventType, type HistoryEvent } from '#emulators/host/durable/protocol';
import { type InstanceRecord, newRecord } from '#emulators/host/durable/record';
import type { DurableStore } from '#emulators/host/durable/store';
import { freshStore } from './durable-host.ts';

export const NOW = new Date('2026-01-02T03:04:05.678Z');

export function record(instanceId = 'one', changes: Partial<InstanceRecord> = {}): InstanceRecord {
  const fresh = newRecord({ instanceId, name: 'job', input: '{"a":1}' }, 'A', NOW);
  return { ...fresh, ...changes };
}

export function event(Name: string): HistoryEvent {
  return { EventType: EventType.EventRaised, EventId: -1, Timestamp: NOW.toISOString(), Name };
}

export const names = (history: readonly HistoryEvent[]) => history.map(({ Name }) => Name);

export const STORES: [string, () => Promise<DurableStore>][] = [
  ['memory', async () => createMemoryStore()],
  ['tables', freshStore],
];
