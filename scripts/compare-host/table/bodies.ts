import { gzipSync } from 'node:zlib';
import type { RequestRow } from '../row.ts';
import { allowed, also, bare, former, post } from './asking.ts';

const ping = former('/mcp', 'ping');
const text = String(ping.body);
/** More than the product takes, and far less than the host does. */
const long = `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"_meta":{"long":"${'x'.repeat(1_200_000)}"}}}`;
const overTheLimit = 100 * 1024 * 1024 + 1;

/** How bodies are framed, and how long they are. */
export const bodyRows: readonly RequestRow[] = [
  allowed('a body in chunks', { ...ping, framing: 'chunks' }),
  allowed('a body in small pieces', { ...ping, pieceBytes: 2 }),
  allowed('a body in small chunks', { ...ping, framing: 'chunks', pieceBytes: 8 }),
  allowed('GET with a body', { ...bare('GET /mcp', 'Content-Type: application/json'), body: text }),
  allowed('Expect: 100-continue', also(ping, 'Expect: 100-continue')),
  allowed('a body in gzip', post('/mcp', gzipSync(text), 'Content-Encoding: gzip')),
  allowed('1.2 MB', post('/mcp', long)),
  allowed('1.2 MB in chunks', { ...post('/mcp', long), framing: 'chunks', pieceBytes: 64 * 1024 }),
  allowed('a Content-Length over the host’s limit', bare('POST /mcp', `Content-Length: ${overTheLimit}`), {
    compares: ['status', 'connection'],
    note: 'the connection ends; of a shorter one the host reads and parses all before the app sees the request',
  }),
];
