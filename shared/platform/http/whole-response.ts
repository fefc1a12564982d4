const decoder = new TextDecoder();

/** The whole body of a response: as text, or as the bytes of one in UTF-8. */
type Whole = string | Uint8Array<ArrayBuffer>;

/**
 * A response whose whole body is there when it is made. Whoever reads it as text, or hands it on whole, is spared the
 * stream that Node makes for every body; the stream is made for whoever asks for one.
 */
export class WholeResponse extends Response {
  readonly whole: Whole;
  #streamed: Response | undefined;
  #isTaken = false;

  /** @param headers with the content type; none is added */
  constructor(whole: Whole, headers: Headers | [string, string][]) {
    super(null, { headers });
    this.whole = whole;
  }

  // Defined by hand: Node's types have them as properties, which a class cannot override with methods.
  static {
    const getter = <Value>(get: (this: WholeResponse) => Value) => ({ get, configurable: true });
    const method = <Value>(value: (this: WholeResponse) => Value) => ({ value, configurable: true });
    Object.defineProperties(WholeResponse.prototype, {
      body: getter(function () {
        return this.#isTaken ? null : this.#asStream().body;
      }),
      bodyUsed: getter(function () {
        return this.#isTaken || this.#streamed?.bodyUsed === true;
      }),
      text: method(function () {
        return this.#text();
      }),
      json: method(async function () {
        return JSON.parse(await this.#text());
      }),
      arrayBuffer: method(async function () {
        return await this.#asStream().arrayBuffer();
      }),
      blob: method(async function () {
        return await this.#asStream().blob();
      }),
      bytes: method(async function () {
        return new Uint8Array(await this.#asStream().arrayBuffer());
      }),
      clone: method(function () {
        return this.#asStream().clone();
      }),
    });
  }

  async #text(): Promise<string> {
    if (this.#isTaken || this.#streamed !== undefined) {
      return await this.#asStream().text();
    }
    this.#isTaken = true;
    const { whole } = this;
    return typeof whole === 'string' ? whole : decoder.decode(whole);
  }

  #asStream(): Response {
    if (this.#isTaken) {
      throw new TypeError('The body was read already.');
    }
    this.#streamed ??= new Response(this.whole, { headers: this.headers });
    return this.#streamed;
  }
}
