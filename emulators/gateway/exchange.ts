import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type {
  PolicyApi,
  PolicyContext,
  PolicyError,
  PolicyOperation,
  PolicyRequest,
  PolicyResponse,
  PolicyUrl,
} from '../../gateway/language/expressions/context.ts';

type Writable<Part> = { -readonly [Key in keyof Part]: Part[Key] };

/** The request on its way to the backend, which policies change. */
export type EdgeRequest = Writable<PolicyRequest>;

/** The response on its way to the client, which policies change. */
export interface EdgeResponse extends Writable<PolicyResponse> {
  /** A text made by a policy, or the backend's stream, untouched. */
  body: string | Readable;
}

/** One request and its response while they pass the gateway. */
export interface Exchange extends PolicyContext {
  readonly incoming: IncomingMessage;
  /** Aborts when the client is gone. */
  readonly clientGone: AbortSignal;
  readonly request: EdgeRequest;
  response: EdgeResponse;
  lastError: PolicyError | undefined;
  /** Id of the backend that a policy chose. */
  backend: string | undefined;
  /** Whether policies that change headers mean those of the response. */
  onResponse: boolean;
  /** Headers that `cors` and the rate limits add to whatever the answer is. */
  readonly addedHeaders: Headers;
}

export interface ExchangeOptions {
  readonly requestId: string;
  readonly api: PolicyApi;
  readonly operation: PolicyOperation;
  readonly originalUrl: PolicyUrl;
  /** Path below the API's path. */
  readonly path: string;
  readonly matchedParameters: ReadonlyMap<string, string>;
  readonly clientGone: AbortSignal;
}

export function openExchange(incoming: IncomingMessage, options: ExchangeOptions): Exchange {
  const { requestId, api, operation, originalUrl, path, matchedParameters, clientGone } = options;
  return {
    incoming,
    clientGone,
    requestId,
    api,
    operation,
    request: {
      method: incoming.method ?? 'GET',
      ipAddress: incoming.socket.remoteAddress ?? '',
      url: { ...originalUrl, path },
      originalUrl,
      headers: headersOf(incoming),
      matchedParameters,
    },
    response: plainResponse(200, 'OK'),
    variables: new Map(),
    lastError: undefined,
    backend: undefined,
    onResponse: false,
    addedHeaders: new Headers(),
  };
}

export function plainResponse(statusCode: number, statusReason: string, body = ''): EdgeResponse {
  return { statusCode, statusReason, headers: new Headers(), body };
}

/** The headers of a message as they came, repeated ones included. */
export function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
  }
  return headers;
}
