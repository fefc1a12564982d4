import type { KeyRing } from '../key-ring.ts';

/** How people come to a token, as the settings choose it. */
export type SignInOptions = { readonly way: 'verifier' | 'remote' } | ProxyOptions | OwnOptions;

export const signInWays = ['verifier', 'remote', 'proxy', 'own'] as const;
export type SignInWay = (typeof signInWays)[number];

/** What every authorization server of ours can choose. */
export interface ServerOptions {
  /** Secrets that all keys are derived from: the first one makes, every one is accepted. */
  readonly secrets: KeyRing;
  /** Whether clients may register themselves (RFC 7591). */
  readonly registration: boolean;
  /** Redirect addresses that clients may have, besides those on their user's machine and the built-in ones. */
  readonly redirects: readonly string[];
}

export interface ProxyOptions extends ServerOptions {
  readonly way: 'proxy';
  /** This service's own registration at the identity provider. */
  readonly clientId: string;
  /** The first one is shown, and the next where that is refused. */
  readonly clientSecrets: KeyRing;
}

/** There is no identity provider: accounts are here. */
export interface OwnOptions extends ServerOptions {
  readonly way: 'own';
}
