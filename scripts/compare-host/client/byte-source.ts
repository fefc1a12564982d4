import type net from 'node:net';

/** The connection ended in the middle of an answer. */
export class CutError extends Error {
  override readonly name = 'CutError';
}

/** What comes over a connection, read in the parts that HTTP/1.1 is made of. */
export class ByteSource {
  #pending: Buffer<ArrayBufferLike> = Buffer.alloc(0);
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #beforeRead: () => Promise<void>;

  /** @param beforeRead awaited before more is taken from the connection: a reader that is slow */
  constructor(socket: net.Socket, beforeRead: () => Promise<void> = async () => {}) {
    this.#chunks = socket.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
    this.#beforeRead = beforeRead;
  }

  /** A line without its end. @throws CutError */
  async line(): Promise<string> {
    for (;;) {
      const end = this.#pending.indexOf('\r\n');
      if (end >= 0) {
        const line = this.#take(end).toString('latin1');
        this.#take(2);
        return line;
      }
      await this.#need();
    }
  }

  /** @throws CutError */
  async bytes(count: number): Promise<Buffer> {
    while (this.#pending.length < count) {
      await this.#need();
    }
    return this.#take(count);
  }

  /** All that comes until the connection ends. */
  async rest(): Promise<Buffer> {
    while (await this.#more()) {
      // gathers
    }
    return this.#take(this.#pending.length);
  }

  async #need(): Promise<void> {
    if (!(await this.#more())) {
      throw new CutError('The connection ended before the answer did.');
    }
  }

  async #more(): Promise<boolean> {
    await this.#beforeRead();
    const { value, done } = await this.#chunks.next();
    if (!done) {
      this.#pending = Buffer.concat([this.#pending, value]);
    }
    return !done;
  }

  #take(count: number): Buffer {
    const taken = this.#pending.subarray(0, count);
    this.#pending = this.#pending.subarray(count);
    return taken;
  }
}
