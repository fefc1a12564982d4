/** A program that wants to act for a person. What it says of itself is proven only as far as `known` says. */
export interface SignInClient {
  /** `client_id`. */
  readonly id: string;
  readonly name: string;
  /** Addresses that it may be sent back to; on the person's machine with any port. */
  readonly redirects: readonly string[];
  /**
   * How this service came to know it: `document` from the address that is its id, `listed` beforehand by those who run
   * the service, `registered` by itself, so that its name is only what it says.
   */
  readonly known: 'document' | 'listed' | 'registered';
}
