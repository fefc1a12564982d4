/** What policies see of a request while it passes the gateway: the `context` of policy expressions. */
export interface PolicyContext {
  readonly requestId: string;
  readonly api: PolicyApi;
  readonly operation: PolicyOperation;
  readonly request: PolicyRequest;
  readonly response: PolicyResponse;
  readonly variables: Map<string, unknown>;
  /** Set while the on-error section runs. */
  readonly lastError: PolicyError | undefined;
}

export interface PolicyApi {
  readonly id: string;
  readonly name: string;
  readonly path: string;
}

export interface PolicyOperation {
  readonly id: string;
  readonly method: string;
  readonly urlTemplate: string;
}

export interface PolicyUrl {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** With its question mark, or empty. */
  readonly queryString: string;
}

export interface PolicyRequest {
  readonly method: string;
  readonly ipAddress: string;
  /** Address that the backend is called under, below its base address. */
  readonly url: PolicyUrl;
  /** Address that the client called. */
  readonly originalUrl: PolicyUrl;
  readonly headers: Headers;
  readonly matchedParameters: ReadonlyMap<string, string>;
}

export interface PolicyResponse {
  readonly statusCode: number;
  readonly statusReason: string;
  readonly headers: Headers;
}

/** Why a policy failed. Sources and reasons are those of API Management's "Error handling" page. */
export interface PolicyError {
  readonly source: string;
  readonly reason: string;
  readonly message: string;
}

/** A validated token, as `validate-jwt` puts it into a variable. */
export class Jwt {
  readonly issuer: string;
  readonly subject: string;
  /** Every claim as a list of texts. */
  readonly claims: ReadonlyMap<string, readonly string[]>;

  constructor(payload: Readonly<Record<string, unknown>>) {
    this.issuer = String(payload.iss ?? '');
    this.subject = String(payload.sub ?? '');
    this.claims = new Map(Object.entries(payload).map(([name, value]) => [name, texts(value)]));
  }
}

function texts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map((entry) =>
    typeof entry === 'object' ? JSON.stringify(entry) : String(entry),
  );
}
