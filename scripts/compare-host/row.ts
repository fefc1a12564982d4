/** What is looked at in an answer. */
export const parts = ['status', 'headers', 'body', 'connection', 'events'] as const;
export type Part = (typeof parts)[number];

/** A request as its bytes are sent. `{origin}`, `{host}`, `{token}` and what an earlier answer left stand for values. */
export interface Sent {
  /** The request line, and the header lines after it; what frames the body is added. */
  readonly lines: readonly string[];
  readonly body?: string | Buffer;
  /** How the body is framed; by its length unless said. */
  readonly framing?: 'length' | 'chunks';
  /** The body goes out in pieces of so many bytes, a moment after each other. */
  readonly pieceBytes?: number;
  /** Sends it again, a second later each time, until the answer has this. */
  readonly until?: RegExp;
  /** What is taken out of the answer, for later requests: a name, and where its first group finds it. */
  readonly keeps?: { readonly name: string; readonly where: RegExp };
}

/** A difference from the real host that is left, and why. */
export interface Decided {
  readonly part: Part;
  readonly why: string;
}

/** One line of the table: what is asked of both hosts, and what must be the same. */
export interface RequestRow {
  /** Unique; it is the first column of the page. */
  readonly name: string;
  /** `sequence`: one connection, one request after the other; `pipelined`: all of them before the first answer. */
  readonly kind: 'request' | 'sequence' | 'pipelined' | 'stream';
  readonly sends: readonly Sent[];
  /** Whether it needs a token that lets in. */
  readonly needsToken: boolean;
  readonly compares: readonly Part[];
  /** Reads the answer so many bytes at a time, a moment after each other. */
  readonly readsSlowly?: true;
  /** Of a stream: how far apart, in milliseconds, the same event may be on both hosts. */
  readonly apartMs?: number;
  readonly decided?: readonly Decided[];
  /** What the page says of the real host's answer beside what is seen: why it is so, or how it came about. */
  readonly note?: string;
}
