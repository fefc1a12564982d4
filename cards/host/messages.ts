/** JSON-RPC 2.0, as it goes between a page and the client that shows it. */
export interface Message {
  readonly jsonrpc: '2.0';
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** The client answered with an error of the protocol, or not at all. */
export class HostError extends Error {}

/** How long a call may take before it counts as not answered, in milliseconds. */
const longestWaitMs = 90_000;

interface Open {
  readonly done: (result: unknown) => void;
  readonly failed: (error: Error) => void;
}

/** What the client asks for or tells, by its method. What it asks for is answered with what is returned. */
export type Handlers = Readonly<Record<string, (params: unknown) => unknown>>;

/** Messages to and from the window that shows this page; those of any other window are not looked at. */
export class Messages {
  readonly #open = new Map<number | string, Open>();
  readonly #handlers: Handlers;
  #next = 1;

  constructor(handlers: Handlers) {
    this.#handlers = handlers;
    addEventListener('message', ({ source, data }) => {
      if (source === parent && isMessage(data)) {
        this.#take(data);
      }
    });
  }

  /** @throws HostError with the sentence to show */
  ask<Result>(method: string, params: object): Promise<Result> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () =>
          this.#settle(id, ({ failed }) => failed(new HostError('The client gave no answer. Try again.'))),
        longestWaitMs,
      );
      const end = () => clearTimeout(timer);
      this.#open.set(id, {
        done: (result) => {
          end();
          resolve(result as Result);
        },
        failed: (error) => {
          end();
          reject(error);
        },
      });
      this.#send({ id, method, params });
    });
  }

  tell(method: string, params: object = {}): void {
    this.#send({ method, params });
  }

  #take({ id, method, params, result, error }: Message): void {
    if (method !== undefined) {
      const answer = this.#handlers[method]?.(params);
      if (id !== undefined) {
        this.#send(
          method in this.#handlers
            ? { id, result: answer ?? {} }
            : { id, error: { code: -32601, message: 'This page does not know the method.' } },
        );
      }
    } else if (id !== undefined) {
      this.#settle(id, ({ done, failed }) =>
        error === undefined ? done(result) : failed(new HostError(String(error.message))),
      );
    }
  }

  #settle(id: number | string, how: (open: Open) => void): void {
    const open = this.#open.get(id);
    this.#open.delete(id);
    if (open !== undefined) {
      how(open);
    }
  }

  /** To whichever page shows this one: nothing that is sent is a secret to it, since it showed the data first. */
  #send(message: Omit<Message, 'jsonrpc'>): void {
    parent.postMessage({ jsonrpc: '2.0', ...message }, '*');
  }
}

function isMessage(data: unknown): data is Message {
  return typeof data === 'object' && data !== null && (data as Message).jsonrpc === '2.0';
}
