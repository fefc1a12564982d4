import { createHash } from 'node:crypto';
import type { Dataset } from './writing/dataset.ts';

/** SHA-256 (hex) over the canonical JSON of a dataset: equal datasets have equal digests on every machine. */
export function digestOf(dataset: Dataset): string {
  return createHash('sha256').update(canonicalJson(dataset)).digest('hex');
}

/** JSON with the keys of every object in order, so that the order in which code sets them does not matter. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (isRecord(part) ? sortedByKey(part) : part));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sortedByKey(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
