import type { Locator, Page } from 'playwright-core';

/** Whose window it is, and how it looks. */
export interface Look {
  readonly dark?: boolean;
  /** Pixels; 1180 × 700 when not said. */
  readonly width?: number;
  readonly height?: number;
}

/** What a scene is played with. */
export interface Studio {
  /** Address of the gateway. */
  readonly origin: string;
  /** A window in which nobody is signed in. */
  open(look?: Look): Promise<Page>;
  /** The console of somebody of Contoso, such as `quinn`. */
  console(user: string, look?: Look): Promise<Page>;
  /** Writes a picture: of a whole page, of what of it is in its window, or of one thing in it. */
  take(name: string, of: Page | Locator, how?: { readonly inWindow: true }): Promise<void>;
}

/** Something that is done by clicking, and the pictures that are taken of it. */
export interface Scene {
  readonly pictures: readonly string[];
  play(studio: Studio): Promise<void>;
}
