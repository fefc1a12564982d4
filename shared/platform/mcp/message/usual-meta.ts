import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  PROTOCOL_VERSION_META_KEY,
} from '@modelcontextprotocol/server';

/** Members of `_meta` that a client sends with every message, always the same. One with more is hardly ever repeated. */
const usualMeta: ReadonlySet<string> = new Set([
  PROTOCOL_VERSION_META_KEY,
  CLIENT_INFO_META_KEY,
  CLIENT_CAPABILITIES_META_KEY,
]);

/** Whether the `_meta` of a message holds nothing else. */
export function isUsualMeta(meta: unknown): boolean {
  if (typeof meta !== 'object' || meta === null) {
    return true;
  }
  for (const name in meta) {
    if (!usualMeta.has(name)) {
      return false;
    }
  }
  return true;
}
