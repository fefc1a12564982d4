import type { Draft } from './draft.ts';

/** The largest custom status: 16 KB in UTF-16. */
const CUSTOM_STATUS_LIMIT_KB = 16;

/** Keeps the custom status that the function set in this turn, null when it set none. Throws an Error when it is too large. */
export function takeCustomStatus({ record }: Draft, customStatus: unknown): void {
  const text = customStatus ? JSON.stringify(customStatus) : null;
  const size = Math.trunc(((text ?? '').length * 2) / 1024);
  if (size > CUSTOM_STATUS_LIMIT_KB) {
    throw new Error(
      `The UTF-16 size of the JSON-serialized payload must not exceed ${CUSTOM_STATUS_LIMIT_KB} KB. The current payload size is ${size} KB.`,
    );
  }
  record.customStatus = text;
}
