/**
 * Secrets of the same purpose: the first one makes, each one is accepted. So a secret is replaced without a cut, by
 * putting the new one in front and taking the old one away once nothing that it made is in use.
 */
export type KeyRing = readonly [current: string, ...earlier: string[]];
