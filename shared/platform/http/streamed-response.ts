import { openBeats } from './beats.ts';

/** Milliseconds between two comments that keep a stream alive; load balancers cut what is silent for longer. */
const keepAliveMs = 15_000;
const keepAlive = new TextEncoder().encode(': keepalive\n\n');
/** Those of all streams of the process. */
const beats = openBeats(keepAliveMs);

/** For the protocol layer, which would have a timer for each stream. */
export const keptAliveElsewhere = Number.POSITIVE_INFINITY;

type Controller = ReadableStreamDefaultController<Uint8Array>;

/**
 * A response that is written while it is read: a stream of server-sent events (WHATWG HTML, section 9.2). Whoever has a part in it
 * says so here, so that there is one stream between its writer and its reader, however many have one.
 */
export class StreamedResponse extends Response {
  readonly #pipe: Pipe;

  private constructor(pipe: Pipe, { status, headers }: Response) {
    super(pipe.stream, { status, headers });
    this.#pipe = pipe;
  }

  /** The same response; its own body is locked from now on. @param body of the response */
  static of(response: Response, body: ReadableStream<Uint8Array>): StreamedResponse {
    return response instanceof StreamedResponse
      ? response
      : new StreamedResponse(new Pipe(body.getReader()), response);
  }

  /** @param listener called once: when the body was read to the end, or given up */
  onEnd(listener: () => void): this {
    this.#pipe.listeners.push(listener);
    return this;
  }

  /** When its reader gives it up, its writer goes on to its end all the same; who listens so far is told of that end. */
  goesOn(): this {
    this.#pipe.goesOn();
    return this;
  }

  /** Ends it for its reader with these words, after what is written already. They are a whole event, as all before them are. */
  end(lastWords: string): void {
    this.#pipe.end(lastWords);
  }

  /** Gives it up when the signal aborts, as its reader would. */
  until(signal: AbortSignal): this {
    if (signal.aborted) {
      this.#pipe.giveUp();
    } else {
      const giveUp = () => this.#pipe.giveUp();
      signal.addEventListener('abort', giveUp, { once: true });
    }
    return this;
  }
}

/** What stands between the writer of a stream and its reader. */
class Pipe {
  readonly stream: ReadableStream<Uint8Array>;
  /** Told when its reader has all of it, or has gone. */
  listeners: (() => void)[] = [];
  /** Told when its writer has ended. */
  #ofWriter: (() => void)[] = [];
  readonly #source: ReadableStreamDefaultReader<Uint8Array>;
  #controller: Controller | undefined;
  #isOver = false;
  #goesOn = false;
  /** Whether the writer has nothing for its reader, who waits. */
  #isWaiting = false;
  #lastWords: string | undefined;
  readonly #stopBeats: () => void;

  constructor(source: ReadableStreamDefaultReader<Uint8Array>) {
    this.#source = source;
    this.stream = new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
      },
      pull: () => this.#pull(),
      cancel: (reason) => this.#cancelled(reason),
    });
    this.#stopBeats = beats.add(() => this.#beat());
  }

  goesOn(): void {
    this.#goesOn = true;
    this.#ofWriter.push(...this.listeners.splice(0));
  }

  end(lastWords: string): void {
    this.#lastWords = lastWords;
    this.#endSoon();
  }

  /** What is written already is read within this turn of the event loop. */
  #endSoon(): void {
    setImmediate(() => {
      if (this.#isWaiting && !this.#isOver) {
        this.#controller?.enqueue(new TextEncoder().encode(this.#lastWords));
        this.#close();
      }
    });
  }

  giveUp(): void {
    if (!this.#isOver) {
      this.#close();
      void this.#leaveWriter(undefined)?.catch(() => {}); // what was written is lost either way
    }
  }

  async #pull(): Promise<void> {
    this.#isWaiting = true;
    if (this.#lastWords !== undefined) {
      this.#endSoon();
    }
    const { done, value } = await this.#source.read().catch((error: unknown) => {
      tell(this.#ofWriter);
      this.#over();
      throw error;
    });
    this.#isWaiting = false;
    if (done) {
      tell(this.#ofWriter);
    }
    if (this.#isOver) {
      return;
    }
    if (done) {
      this.#close();
    } else {
      this.#controller?.enqueue(value);
    }
  }

  /** Not to a reader that is behind: it would find nothing but beats. */
  #beat(): void {
    if ((this.#controller?.desiredSize ?? 0) > 0) {
      this.#controller?.enqueue(keepAlive);
    }
  }

  #cancelled(reason: unknown): Promise<void> | undefined {
    this.#over();
    return this.#leaveWriter(reason);
  }

  #leaveWriter(reason: unknown): Promise<void> | undefined {
    if (!this.#goesOn) {
      return this.#source.cancel(reason);
    }
    void this.#readToEnd();
    return undefined;
  }

  async #readToEnd(): Promise<void> {
    try {
      while (!(await this.#source.read()).done) {}
    } catch {
      // The client is gone, so there is nobody to tell.
    }
    tell(this.#ofWriter);
  }

  #close(): void {
    this.#over();
    this.#controller?.close();
  }

  #over(): void {
    this.#isOver = true;
    this.#stopBeats();
    tell(this.listeners);
  }
}

function tell(listeners: (() => void)[]): void {
  for (const listener of listeners.splice(0)) {
    listener();
  }
}
