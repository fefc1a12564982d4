import { afterBody } from '../http/rest-of-body.ts';
import type { Endpoint } from './endpoint.ts';
import { rpcCodes, rpcError } from './http/rpc-error.ts';
import { onResponseEnd } from './sessions/response-end.ts';

/**
 * Requests that one process answers at a time. What is begun beyond that would make those wait that were taken before, until
 * their clients give up and ask again; Azure sends an instance at most so many.
 */
const mostOpen = 1_000;

/** The requests that endpoints of this process are answering. */
export class OpenRequests {
  readonly #most: number;
  #open = 0;
  readonly #onNone: (() => void)[] = [];

  constructor(most = mostOpen) {
    this.#most = most;
  }

  /**
   * Wraps an endpoint: a request counts as open until its answer was read to the end or the client left. One too many is
   * answered 429 at once, before anything is looked at.
   */
  counted(endpoint: Endpoint): Endpoint {
    return async (request) => {
      if (this.#open >= this.#most) {
        return await afterBody(request, tooMany());
      }
      this.#open += 1;
      try {
        return onResponseEnd(await endpoint(request), () => this.#close());
      } catch (error) {
        this.#close();
        throw error;
      }
    };
  }

  /** Resolves when none is open. */
  none(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#open === 0) {
        resolve();
      } else {
        this.#onNone.push(resolve);
      }
    });
  }

  #close(): void {
    this.#open -= 1;
    if (this.#open > 0) {
      return;
    }
    for (const tell of this.#onNone.splice(0)) {
      tell();
    }
  }
}

function tooMany(): Response {
  const sentence =
    'The service has more to do than it can at the moment; send the request again in a second.';
  return rpcError(429, rpcCodes.transport, sentence, { 'Retry-After': '1' });
}
