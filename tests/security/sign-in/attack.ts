import type { World } from './world.ts';

/** Something that somebody might try, and that must not work. */
export interface Attack {
  /** A sentence's beginning, such as `a code that is redeemed twice`; unique. */
  readonly name: string;
  /** @throws AssertionError when it is not refused, or not in the product's own words */
  run(world: World): Promise<void>;
}

/** A chapter of the protocol's security best practices, or of what its authorization specification says of security. */
export interface Chapter {
  readonly title: string;
  readonly attacks: readonly Attack[];
}
