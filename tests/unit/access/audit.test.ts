import { describe, expect, it } from 'vitest';
import { type AuditEntry, AuditTrail } from '#platform/access/audit';

function entry(id: string): AuditEntry {
  return {
    id,
    time: '2026-03-15T12:00:00.000Z',
    tenant: 'contoso',
    user: 'tid:oid',
    application: 'app',
    by: 'caller',
    tool: 'get_products',
    decision: 'allowed',
    reason: 'role:query',
    argumentDigest: 'digest',
    outcome: 'ok',
    durationMs: 3,
    correlationId: id,
  };
}

/** A store that can be switched off. */
function fakeStore() {
  const written: string[] = [];
  const store = {
    broken: false,
    written,
    batches: 0,
    async write(entries: readonly AuditEntry[]) {
      if (store.broken) {
        throw new Error('Storage does not answer.');
      }
      store.batches += 1;
      written.push(...entries.map(({ id }) => id));
    },
  };
  return store;
}

describe('the audit trail', () => {
  it('writes what was noted in one batch, in order', async () => {
    const store = fakeStore();
    const trail = new AuditTrail(store, () => {});
    for (const id of ['a', 'b', 'c']) {
      trail.enqueue(entry(id));
    }
    expect(store.written).toEqual([]);
    await trail.flush();
    expect(store.written).toEqual(['a', 'b', 'c']);
    expect(store.batches).toBe(1);
  });

  it('writes by itself after a moment', async () => {
    const store = fakeStore();
    new AuditTrail(store, () => {}).enqueue(entry('a'));
    await expect.poll(() => store.written).toEqual(['a']);
  });

  it('writes at once when a tenant has a whole transaction, and no more while storage does not answer', async () => {
    let answer = () => {};
    const sizes: number[] = [];
    const write = (entries: readonly AuditEntry[]) => {
      sizes.push(entries.length);
      return new Promise<void>((resolve) => {
        answer = resolve;
      });
    };
    const trail = new AuditTrail({ write }, () => {});
    for (let count = 0; count < 350; count += 1) {
      trail.enqueue({ ...entry(String(count)), tenant: count % 2 === 0 ? 'contoso' : 'fabrikam' });
      await Promise.resolve();
    }
    // the hundredth of the first tenant
    expect(sizes).toEqual([199]);
    answer();
    await expect.poll(() => sizes).toEqual([199, 151]);
    answer();
  });

  it('writes an entry that changes often no sooner for that', async () => {
    const store = fakeStore();
    const trail = new AuditTrail(store, () => {});
    for (let count = 1; count < 1_000; count += 1) {
      trail.enqueue({ ...entry('a'), count });
      await Promise.resolve();
    }
    expect(store.batches).toBe(0);
    await trail.flush();
    expect(store.written).toEqual(['a']);
  });

  it('has written a record when it says so, and rejects when it cannot', async () => {
    const store = fakeStore();
    const trail = new AuditTrail(store, () => {});
    await trail.write(entry('a'));
    expect(store.written).toEqual(['a']);
    store.broken = true;
    await expect(trail.write(entry('b'))).rejects.toThrow();
  });

  it('keeps what it could not write for the next time', async () => {
    const store = fakeStore();
    const trail = new AuditTrail(store, () => {});
    store.broken = true;
    trail.enqueue(entry('a'));
    await trail.flush();
    store.broken = false;
    trail.enqueue(entry('b'));
    await trail.flush();
    expect(store.written).toEqual(['a', 'b']);
  });

  it('keeps one place for an entry that changes, and its latest state, also while storage is away', async () => {
    const states: (number | undefined)[] = [];
    let broken = true;
    const write = async (entries: readonly AuditEntry[]) => {
      if (broken) {
        throw new Error('Storage does not answer.');
      }
      states.push(...entries.map(({ count }) => count));
    };
    let lost = 0;
    const trail = new AuditTrail({ write }, () => {
      lost += 1;
    });
    trail.enqueue({ ...entry('a'), count: 1 });
    const failing = trail.flush();
    for (let count = 2; count < 10_000; count += 1) {
      trail.enqueue({ ...entry('a'), count });
    }
    await failing;
    broken = false;
    await trail.flush();
    expect([states, lost]).toEqual([[9_999], 0]);
  });

  it('does not grow without end, and says how much it lost', async () => {
    const store = fakeStore();
    let lost = 0;
    const trail = new AuditTrail(store, (entries) => {
      lost += entries;
    });
    store.broken = true;
    for (let count = 0; count < 5_100; count += 1) {
      trail.enqueue(entry(String(count)));
    }
    await trail.flush();
    store.broken = false;
    await trail.flush();
    expect(store.written.length + lost).toBe(5_100);
    expect(lost).toBe(100);
  });
});
