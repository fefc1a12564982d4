export const signInWays = ['verifier', 'remote'] as const;
export type SignInWay = (typeof signInWays)[number];

/** How people come to a token, as the settings choose it. */
export interface SignInOptions {
  readonly way: SignInWay;
}
