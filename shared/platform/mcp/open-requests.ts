import type { Endpoint } from './endpoint.ts';
import { onResponseEnd } from './sessions/response-end.ts';

/** The requests that endpoints of this process are answering. */
export class OpenRequests {
  readonly #open = new Set<object>();
  readonly #onNone: (() => void)[] = [];

  /** Wraps an endpoint: a request counts as open until its answer was read to the end or the client left. */
  counted(endpoint: Endpoint): Endpoint {
    return async (request) => {
      this.#open.add(request);
      return onResponseEnd(await endpoint(request), () => this.#close(request));
    };
  }

  /** Resolves when none is open. */
  none(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#open.size === 0) {
        resolve();
      } else {
        this.#onNone.push(resolve);
      }
    });
  }

  #close(request: Request): void {
    this.#open.delete(request);
    if (this.#open.size > 0) {
      return;
    }
    for (const tell of this.#onNone.splice(0)) {
      tell();
    }
  }
}
