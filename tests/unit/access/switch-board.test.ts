import { beforeEach, describe, expect, it } from 'vitest';
import { SwitchBoard } from '#platform/access/switch-board';
import type { SwitchedOff } from '#platform/access/switches';
import { tenantId } from '#platform/identity/tenant';

const [acme, other] = ['acme', 'other'].map(tenantId) as [SwitchedOff['tenant'] & string, never];
const paying = { tenant: acme, what: 'tool:pay' } as const;

let off: readonly SwitchedOff[];
let isDown: boolean;
let reads: number;
let failures: unknown[];
let time: number;
let board: SwitchBoard;
beforeEach(() => {
  [off, isDown, reads, failures, time] = [[], false, 0, [], 10_000];
  board = new SwitchBoard({
    read: async () => {
      reads += 1;
      if (isDown) {
        throw new Error('Storage does not answer.');
      }
      return off;
    },
    failed: (error) => failures.push(error),
    elapsed: () => time,
  });
});

const stopOf = async (...what: readonly ('changes' | 'tool:pay' | 'tool:look')[]) =>
  (await board.current()).stopOf(acme, what);

describe('what a read needs', () => {
  const prepared = (prepare: () => Promise<void>) =>
    new SwitchBoard({
      read: async () => {
        reads += 1;
        return [paying];
      },
      failed: (error) => failures.push(error),
      prepared: prepare,
    });

  it('is made ready first, however long that takes: the wait for storage begins afterwards', async () => {
    let asked = 0;
    const slow = prepared(async () => {
      asked += 1;
      await new Promise((resolve) => setTimeout(resolve, 1_200));
    });
    expect((await slow.current()).stopOf(acme, ['tool:pay'])).toBe('tool:pay');
    await slow.current();
    expect({ asked, reads }).toEqual({ asked: 1, reads: 1 });
  });

  it('may fail, which says nothing about what is off', async () => {
    const broken = prepared(async () => {
      throw new Error('No library.');
    });
    expect((await broken.current()).stopOf(acme, ['tool:pay'])).toBe('tool:pay');
  });
});

describe('one read', () => {
  it('serves the calls of its time, and all that come while it is made', async () => {
    await Promise.all([board.current(), board.current(), board.current()]);
    time += 2_000;
    await board.current();
    expect(reads).toBe(1);
  });

  it('is made anew before five seconds are over, and a turn has its effect by then', async () => {
    await board.current();
    off = [paying];
    time += 5_000;
    expect(await stopOf('tool:pay')).toBe('tool:pay');
    expect(reads).toBe(2);
  });

  it('is made in the background while what is known is good', async () => {
    await board.current();
    off = [paying];
    time += 3_000;
    expect(await stopOf('tool:pay')).toBeUndefined();
    expect(await stopOf('tool:pay')).toBe('tool:pay');
    expect(reads).toBe(2);
  });
});

describe('storage that does not answer', () => {
  it('counts as off for changes, and as it was for the others', async () => {
    off = [{ tenant: acme, what: 'tool:look' }];
    await board.current();
    [isDown, off] = [true, []];
    time += 5_000;
    expect(await stopOf('tool:pay', 'changes')).toBe('unread');
    expect(await stopOf('tool:look')).toBe('tool:look');
    expect(await stopOf('tool:pay')).toBeUndefined();
    expect(failures).toHaveLength(1);
    isDown = false;
    time += 1_000;
    expect(await stopOf('tool:pay', 'changes')).toBeUndefined();
  });

  it('means no change from the first call on, and reads', async () => {
    isDown = true;
    expect(board.latest().stopOf(acme, ['changes'])).toBe('unread');
    expect(await stopOf('tool:pay', 'changes')).toBe('unread');
    expect(await stopOf('tool:look')).toBeUndefined();
  });

  it('is not asked again by every call', async () => {
    isDown = true;
    for (let call = 0; call < 20; call += 1) {
      await board.current();
    }
    expect(reads).toBe(1);
    time += 1_000;
    await board.current();
    expect(reads).toBe(2);
  });

  it('when it hangs, holds a call up for a moment only, and is believed when it answers', async () => {
    let answer: (off: readonly SwitchedOff[]) => void = () => {};
    const hanging = new SwitchBoard({
      read: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
      failed: () => {},
      elapsed: () => time,
    });
    expect((await hanging.current()).stopOf(acme, ['changes'])).toBe('unread');
    answer([paying]);
    await expect.poll(() => hanging.latest().stopOf(acme, ['tool:pay'])).toBe('tool:pay');
    expect(hanging.latest().stopOf(acme, ['changes'])).toBeUndefined();
  });
});

describe('the version', () => {
  it('is another one after each turn, and the same while nothing is turned', async () => {
    const versions = [(await board.current()).version];
    for (const next of [[], [paying], [paying], [], [{ ...paying, tenant: other }]]) {
      off = next;
      time += 5_000;
      versions.push((await board.current()).version);
    }
    expect(versions.map((version, at) => version !== versions[at - 1])).toEqual([
      true,
      false,
      true,
      false,
      true,
      true,
    ]);
    expect(new Set(versions).size).toBe(4);
  });

  it('is another one when it cannot be told any longer what is off', async () => {
    const before = await board.current();
    isDown = true;
    time += 5_000;
    expect((await board.current()).version).not.toBe(before.version);
  });
});
