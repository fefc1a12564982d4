import type { RequestRow } from '../row.ts';
import { allowed, also, bare, former, one, withToken } from './asking.ts';

const ping = former('/mcp', 'ping');
const live = bare('GET /health/live');
/** More than the host takes, each of them short. */
const manyHeaders = Array.from({ length: 120 }, (_, index) => `X-Number-${index}: 1`);

/** Request lines and header lines that are unusual. */
export const headRows: readonly RequestRow[] = [
  one('a method that nobody knows', bare('BREW /mcp')),
  one('TRACE /mcp', bare('TRACE /mcp')),
  one('HTTP/1.0', { lines: ['GET /health/live HTTP/1.0', 'Host: {host}'] }),
  one('HTTP/1.0 that wants to keep its connection', {
    lines: ['GET /health/live HTTP/1.0', 'Host: {host}', 'Connection: keep-alive'],
  }),
  one('Connection: close', also(live, 'Connection: close'), {
    compares: ['status', 'headers', 'body', 'connection'],
  }),
  one('an upgrade to a web socket', also(live, 'Connection: Upgrade', 'Upgrade: websocket')),
  one('Accept-Encoding: gzip', also(live, 'Accept-Encoding: gzip'), { note: 'not compressed' }),
  one(
    'two Host headers',
    { lines: ['GET /health/live HTTP/1.1', 'Host: {host}', 'Host: {host}'] },
    { compares: ['status'] },
  ),
  one('no Host header', { lines: ['GET /health/live HTTP/1.1'] }, { compares: ['status'] }),
  one('a header without a colon', also(live, 'nonsense'), { compares: ['status'] }),
  one('more header lines than the host takes', also(live, ...manyHeaders), { compares: ['status'] }),
  allowed('Content-Type twice', also(ping, 'Content-Type: application/json'), {
    note: 'the two are joined by a comma',
  }),
  one('Authorization twice', also(withToken(ping), 'Authorization: Bearer another'), {
    needsToken: true,
    note: 'the two are joined by a comma',
  }),
  allowed('Accept twice', also(ping, 'Accept: text/html')),
];
