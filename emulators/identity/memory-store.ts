import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

interface Entry {
  readonly payload: AdapterPayload;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/**
 * What oidc-provider remembers (sign-ins under way, codes, refresh tokens, grants), in memory. It belongs to a
 * directory rather than to a provider object, because that one is replaced when keys are rotated.
 */
export function memoryStore(): AdapterFactory {
  const models = new Map<string, Map<string, Entry>>();
  return (name) => {
    const entries = models.get(name) ?? new Map<string, Entry>();
    models.set(name, entries);
    return adapterOf(entries);
  };
}

function adapterOf(entries: Map<string, Entry>): Adapter {
  const findBy = (matches: (payload: AdapterPayload) => boolean) =>
    [...entries.values()].find((entry) => isLive(entry) && matches(entry.payload))?.payload;
  return {
    async upsert(id, payload, expiresIn) {
      forgetExpired(entries);
      const lifetime = expiresIn === undefined ? Number.POSITIVE_INFINITY : expiresIn * 1000;
      entries.set(id, { payload, expiresAt: Date.now() + lifetime });
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
      if (entry !== undefined) entry.payload.consumed = Math.floor(Date.now() / 1000);
    },
    async destroy(id) {
      entries.delete(id);
    },
    async revokeByGrantId(grantId) {
      for (const [id, { payload }] of entries) if (payload.grantId === grantId) entries.delete(id);
    },
  };
}

function isLive({ expiresAt }: Entry): boolean {
  return Date.now() < expiresAt;
}

function forgetExpired(entries: Map<string, Entry>): void {
  for (const [id, entry] of entries) if (!isLive(entry)) entries.delete(id);
}
