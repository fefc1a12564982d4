import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import { type DirectoryKeeper, type KeptEntry, keepNothing } from './kept.ts';

/** What a client needs to stay signed in; all else is over within minutes. */
const lasting = ['RefreshToken', 'Grant'];

/**
 * What oidc-provider remembers (sign-ins under way, codes, refresh tokens, grants), in memory. It belongs to a
 * directory rather than to a provider object, because that one is replaced when keys are rotated.
 */
export function memoryStore(keeper: DirectoryKeeper = keepNothing): AdapterFactory {
  const models = new Map<string, Map<string, KeptEntry>>();
  return (name) => {
    const entries = models.get(name) ?? new Map(Object.entries(keeper.kept.models[name] ?? {}));
    models.set(name, entries);
    const changed = () => {
      if (lasting.includes(name)) {
        keeper.keepModel(name, Object.fromEntries(entries));
      }
    };
    return adapterOf(entries, changed);
  };
}

/** @param changed told after every change of the entries */
function adapterOf(entries: Map<string, KeptEntry>, changed: () => void): Adapter {
  const findBy = (matches: (payload: AdapterPayload) => boolean) =>
    [...entries.values()].find((entry) => isLive(entry) && matches(entry.payload))?.payload;
  return {
    async upsert(id, payload, expiresIn) {
      forgetExpired(entries);
      const lifetime = expiresIn === undefined ? Number.POSITIVE_INFINITY : expiresIn * 1000;
      entries.set(id, { payload, expiresAt: Date.now() + lifetime });
      changed();
    },
    async find(id) {
      const entry = entries.get(id);
      return entry !== undefined && isLive(entry) ? entry.payload : undefined;
    },
    async findByUid(uid) {
      return findBy((payload) => payload.uid === uid);
    },
    async findByUserCode(userCode) {
      return findBy((payload) => payload.userCode === userCode);
    },
    async consume(id) {
      const entry = entries.get(id);
      if (entry !== undefined) {
        entry.payload.consumed = Math.floor(Date.now() / 1000);
      }
      changed();
    },
    async destroy(id) {
      entries.delete(id);
      changed();
    },
    async revokeByGrantId(grantId) {
      for (const [id, { payload }] of entries) {
        if (payload.grantId === grantId) {
          entries.delete(id);
        }
      }
      changed();
    },
  };
}

function isLive({ expiresAt }: KeptEntry): boolean {
  return Date.now() < expiresAt;
}

function forgetExpired(entries: Map<string, KeptEntry>): void {
  for (const [id, entry] of entries) {
    if (!isLive(entry)) {
      entries.delete(id);
    }
  }
}
