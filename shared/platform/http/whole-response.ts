const decoder = new TextDecoder();

/** The whole body of a response: as text, or as the bytes of one in UTF-8. */
type Whole = string | Uint8Array<ArrayBuffer>;

/** A body whose rest is the same in many responses. Only the form that is asked for is put together. */
interface WithKnownRest {
  readonly begin: string;
  readonly rest: { readonly text: string; readonly bytes: Uint8Array };
}

/**
 * A response whose whole body is there when it is made. Whoever reads it as text, or hands it on whole, is spared the
 * stream that Node makes for every body; the stream is made for whoever asks for one.
 */
export class WholeResponse extends Response {
  readonly #body: Whole | WithKnownRest;
  #streamed: Response | undefined;
  #isTaken = false;

  /** @param headers with the content type; none is added */
  constructor(body: Whole | WithKnownRest, headers: Headers | [string, string][]) {
    super(null, { headers });
    this.#body = body;
  }

  get whole(): Whole {
    const body = this.#body;
    return typeof body === 'string' || body instanceof Uint8Array
      ? body
      : Buffer.concat([Buffer.from(body.begin), body.rest.bytes]);
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
    const body = this.#body;
    if (typeof body === 'string') {
      return body;
    }
    return body instanceof Uint8Array ? decoder.decode(body) : body.begin + body.rest.text;
  }

  #asStream(): Response {
    if (this.#isTaken) {
      throw new TypeError('The body was read already.');
    }
    this.#streamed ??= new Response(this.whole, { headers: this.headers });
    return this.#streamed;
  }
}
