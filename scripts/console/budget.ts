/** What the console may cost whoever opens it. */
export const budget = {
  /** Of all its files as they are sent, compressed. */
  bytes: 350_000,
  /** Of those that come before anything is shown. */
  firstBytes: 160_000,
  /** Requests until the page shows that one can sign in. */
  firstRequests: 6,
  /** Milliseconds to the first contentful paint of the console, and of a card, on a machine that does nothing else. */
  firstPaintMs: 1_000,
} as const;
