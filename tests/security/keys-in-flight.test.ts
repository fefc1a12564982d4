import { beforeAll, describe, expect, it } from 'vitest';
import type { KeyRing } from '#platform/key-ring';
import { atBoth, atOne, type InFlight } from './keys-in-flight.ts';
import { type Instance, rotationWorld } from './rotation-world.ts';

/** Secrets of the service are replaced, on one instance after the other, while clients are in the middle of something. */

const older = 'the older secret of the tests that is longer than 32 bytes';
const newer = 'the newer secret of the tests that is longer than 32 bytes';

/** What the two instances have, from the first moment to the last. */
const rollout: readonly (readonly [KeyRing, KeyRing])[] = [
  [[older], [older]],
  [[older, newer], [older]],
  [
    [older, newer],
    [older, newer],
  ],
  [
    [newer, older],
    [older, newer],
  ],
  [
    [newer, older],
    [newer, older],
  ],
  [[newer], [newer, older]],
  [[newer], [newer]],
];
const named = (keys: KeyRing) => keys.map((key) => (key === older ? 'old' : 'new')).join();
const steps = rollout.slice(1).map((after, at) => {
  const before = rollout[at] ?? expect.fail();
  const title = [before, after].map((pair) => pair.map(named).join(' and ')).join(', then ');
  return { title, before, after };
});

const world = rotationWorld(steps.length * 2 * atOne.length);

async function both([first, second]: readonly [KeyRing, KeyRing]): Promise<readonly [Instance, Instance]> {
  return [await world.give(0, first), await world.give(1, second)];
}

describe.each(steps)('$title', ({ before, after }) => {
  const goesOn = new Map<string, readonly ((at: Instance) => Promise<void>)[]>();
  let instances: readonly [Instance, Instance];
  beforeAll(async () => {
    const [first, second] = await both(before);
    const begun = async ({ what, begin }: InFlight, ...at: Instance[]) => {
      goesOn.set(what, await Promise.all(at.map((one) => begin(world, one))));
    };
    await Promise.all([
      ...atOne.map((one) => begun(one, first, second)),
      ...atBoth.map((one) => begun(one, first)),
    ]);
    instances = await both(after);
  });

  it.each([...atOne, ...atBoth])('$what goes on at the other instance', async ({ what }) => {
    const [ofFirst, ofSecond] = goesOn.get(what) ?? [];
    expect.hasAssertions();
    await ofFirst?.(instances[1]);
    await ofSecond?.(instances[0]);
  });
});
