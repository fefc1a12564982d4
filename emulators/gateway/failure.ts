/** A policy could not do its work, or refused: the on-error section takes over. */
export class PolicyFailure extends Error {
  override readonly name = 'PolicyFailure';
  /** Element name of the policy. */
  readonly source: string;
  /** One of API Management's reasons, such as `TokenExpired`. */
  readonly reason: string;
  /** Status that the response has when on-error does not change it. */
  readonly status: number;
  /** What the policy adds to the response that on-error begins with. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    source: string,
    reason: string,
    status: number,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.source = source;
    this.reason = reason;
    this.status = status;
    this.headers = headers;
  }
}
