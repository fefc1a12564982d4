import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import { smallNow } from '../support/small-dataset.ts';
import { startTarget, type Target } from './target.ts';

/** Seconds between two readings of the keys that unknown key ids can cause. */
export const cooldown = 5;
/** Seconds after which the keys are read again without a reason. */
export const refresh = 3_600;

/** The service of a file, and an instance of it that has read no keys yet for each test. */
export interface KeyedTarget {
  /** The identity provider that issues tokens, and serves the keys. */
  readonly authority: Target['authority'];
  /** Directory id of the tenant whose tokens are tried. */
  readonly tid: string;
  readonly door: Awaited<ReturnType<Target['instance']>>;
  /** How the instance answers a harmless call with this token. */
  status(token: string): Promise<number>;
  /** How often keys were read, by whichever instance. */
  readings(): number;
}

/** The clock stands still until `later` moves it. */
export function useKeyedTarget(): KeyedTarget {
  let target: Target;
  let door: KeyedTarget['door'];
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: smallNow });
    target = await startTarget();
  });
  afterAll(async () => {
    await target?.stop();
    vi.useRealTimers();
  });
  beforeEach(async () => {
    target.authority.mode = 'serve';
    door = await target.instance({});
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  return {
    get authority() {
      return target.authority;
    },
    get tid() {
      return target.tenants[0].tid;
    },
    get door() {
      return door;
    },
    status: async (token) => (await door.rpc({ method: 'tools/list', token })).status,
    readings: () => target.authority.requests.length,
  };
}

/** Moves the clock. */
export const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

/** A token that has been verified, and is known from then on. */
export async function knownToken(
  { authority, tid, status }: KeyedTarget,
  claims: Record<string, unknown> = {},
): Promise<string> {
  const token = authority.mint(tid, claims);
  const verifications = vi.spyOn(crypto.subtle, 'verify');
  // The first token of all only brings in the keys.
  for (let time = 0; time < 3; time += 1) {
    expect(await status(token)).toBe(200);
  }
  expect(verifications.mock.calls.length).toBeLessThan(3);
  return token;
}
