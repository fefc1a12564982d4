/** An identity provider of a tenant that vouches for its people in identity assertions (ID-JAG). */
export interface EnterpriseIssuer {
  /** `iss` of its assertions, to the letter. */
  readonly issuer: string;
  /** Address of its JSON Web Key Set (RFC 7517). */
  readonly jwksUri: string;
  /**
   * Which of its organisations the assertions must name (`tenant`), where it serves several.
   * Undefined for an issuer of one organisation: its assertions name none.
   */
  readonly organization?: string | undefined;
  /** Programs that may bring its assertions. */
  readonly clients: readonly EnterpriseClient[];
  readonly roles: RoleMapping;
}

/** A program that brings assertions. What it has to prove that it is itself: a key, a secret, or nothing. */
export interface EnterpriseClient {
  /** `client_id`, as the assertions name it. */
  readonly id: string;
  /**
   * SHA-256 of its secret, 64 hexadecimal digits, or of several, comma-separated, while one is being replaced. The secret
   * is a random one, which a digest does not give away.
   */
  readonly secretSha256?: string | undefined;
  /** Address of the keys with which it signs (`private_key_jwt`). */
  readonly jwksUri?: string | undefined;
}

/** Which roles the values of a claim stand for. An assertion carries no roles of ours. */
export interface RoleMapping {
  /** A text, or a list of texts, such as `groups`. */
  readonly claim: string;
  /** Roles, as the business names them, by value of the claim. A value that is not here stands for nothing. */
  readonly values: Readonly<Record<string, readonly string[]>>;
}
