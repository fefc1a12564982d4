import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as passed } from 'node:timers/promises';
import tls from 'node:tls';
import type { Sent } from '../row.ts';
import { ByteSource } from './byte-source.ts';
import { type Answer, readAnswer } from './read-answer.ts';

/** Between two pieces of a body, and before a slow reader reads on, in milliseconds. */
const momentMs = 20;
/** For how long a client waits that expects 100 before its body, in milliseconds; Kestrel sends none once the body is there. */
const continueMs = 1_000;

/** One connection to a host, over which requests go as they are written. */
export class Connection {
  readonly #socket: net.Socket;
  readonly #source: ByteSource;

  private constructor(socket: net.Socket, readsSlowly: boolean) {
    this.#socket = socket;
    this.#source = new ByteSource(socket, readsSlowly ? () => passed(momentMs) : undefined);
  }

  /** @throws the error of the socket, and the signal's reason */
  static async open(origin: string, signal: AbortSignal, readsSlowly = false): Promise<Connection> {
    const { protocol, hostname, port } = new URL(origin);
    const host = hostname.replace(/^\[|\]$/g, '');
    const secure = protocol === 'https:';
    const at = { host, port: Number(port || (secure ? 443 : 80)) };
    const socket = secure ? tls.connect({ ...at, servername: host }) : net.connect(at);
    const giveUp = () => socket.destroy(signal.reason as Error);
    signal.addEventListener('abort', giveUp, { once: true });
    socket.once('close', () => signal.removeEventListener('abort', giveUp));
    await once(socket, secure ? 'secureConnect' : 'connect');
    // what goes wrong later is told to whoever reads
    socket.on('error', () => {});
    return new Connection(socket, readsSlowly);
  }

  async send(request: Sent): Promise<void> {
    const body = Buffer.from(request.body ?? '');
    const framing = framingOf(request, body.length);
    this.#socket.write(`${[...request.lines, ...framing].join('\r\n')}\r\n\r\n`);
    if (request.lines.some((line) => /^expect: 100-continue$/i.test(line))) {
      await passed(continueMs);
    }
    const size = request.pieceBytes ?? Math.max(1, body.length);
    for (let from = 0; from < body.length; from += size) {
      const piece = body.subarray(from, from + size);
      const chunked = request.framing === 'chunks';
      this.#socket.write(chunked ? framed(piece) : piece);
      if (request.pieceBytes !== undefined) {
        await passed(momentMs);
      }
    }
    if (request.framing === 'chunks') {
      this.#socket.write('0\r\n\r\n');
    }
  }

  /** @param sinceMs when its request was sent, by `performance.now()` */
  answer(request: Sent, sinceMs: number): Promise<Answer> {
    return readAnswer(this.#source, request.lines[0]?.split(' ')[0] ?? '', sinceMs);
  }

  close(): void {
    this.#socket.destroy();
  }
}

function framingOf({ framing, body }: Sent, length: number): readonly string[] {
  if (framing === 'chunks') {
    return ['Transfer-Encoding: chunked'];
  }
  return body === undefined ? [] : [`Content-Length: ${length}`];
}

const framed = (piece: Buffer) =>
  Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]);
