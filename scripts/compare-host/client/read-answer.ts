import type { ByteSource } from './byte-source.ts';

/** An answer as it came over the wire (RFC 9112). */
export interface Answer {
  readonly status: number;
  /** The statuses of the answers before it, such as 100. */
  readonly interim: readonly number[];
  /** In their order; names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  /** The parts that the body came in, when it was chunked, with milliseconds since the request. */
  readonly chunks: readonly { readonly text: string; readonly atMs: number }[];
  /** Whether the connection stays open for another request. */
  readonly staysOpen: boolean;
}

/**
 * @param method of the request: an answer to HEAD has no body, whatever its headers say
 * @param sinceMs when the request was sent, by `performance.now()`
 * @throws CutError when the connection ends too early
 */
export async function readAnswer(source: ByteSource, method: string, sinceMs: number): Promise<Answer> {
  const interim: number[] = [];
  for (;;) {
    const [, version = '', code = ''] = /^HTTP\/(1\.[01]) (\d{3})/.exec(await source.line()) ?? [];
    if (version === '') {
      throw new Error('What came is no HTTP/1.1.');
    }
    const status = Number(code);
    const headers = await readHeaders(source);
    if (status >= 200) {
      const { text, chunks, toTheEnd } = await readBody(source, headers, method, status, sinceMs);
      const said = headerOf(headers, 'connection')?.toLowerCase();
      const closes = said === 'close' || (version === '1.0' && said !== 'keep-alive');
      return { status, interim, headers, body: text, chunks, staysOpen: !(closes || toTheEnd) };
    }
    interim.push(status);
  }
}

export function headerOf(headers: Answer['headers'], wanted: string): string | undefined {
  return headers.find(([name]) => name === wanted)?.[1];
}

async function readHeaders(source: ByteSource): Promise<Answer['headers']> {
  const headers: (readonly [string, string])[] = [];
  for (let line = await source.line(); line !== ''; line = await source.line()) {
    const colon = line.indexOf(':');
    headers.push([line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]);
  }
  return headers;
}

interface Body {
  readonly text: string;
  readonly chunks: Answer['chunks'];
  /** Whether the end of the connection is the end of the body. */
  readonly toTheEnd: boolean;
}

async function readBody(
  source: ByteSource,
  headers: Answer['headers'],
  method: string,
  status: number,
  sinceMs: number,
): Promise<Body> {
  if (method === 'HEAD' || status === 204 || status === 304) {
    return { text: '', chunks: [], toTheEnd: false };
  }
  if (/\bchunked$/i.test(headerOf(headers, 'transfer-encoding') ?? '')) {
    const chunks = await readChunks(source, sinceMs);
    return { text: chunks.map(({ text }) => text).join(''), chunks, toTheEnd: false };
  }
  const length = headerOf(headers, 'content-length');
  const bytes = length === undefined ? await source.rest() : await source.bytes(Number(length));
  return { text: bytes.toString(), chunks: [], toTheEnd: length === undefined };
}

async function readChunks(source: ByteSource, sinceMs: number): Promise<Answer['chunks']> {
  const chunks: { text: string; atMs: number }[] = [];
  for (;;) {
    const size = Number.parseInt(await source.line(), 16);
    const text = (await source.bytes(size)).toString();
    // what ends the chunk, and, after the last one, the message
    await source.line();
    if (size === 0) {
      return chunks;
    }
    chunks.push({ text, atMs: Math.round(performance.now() - sinceMs) });
  }
}
