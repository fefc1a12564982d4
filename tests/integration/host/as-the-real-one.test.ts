import { once } from 'node:events';
import net from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HostProcess, startHostProcess } from '../../support/host-process.ts';
import { fixture } from './fixture.ts';

let host: HostProcess;

beforeAll(async () => {
  host = await startHostProcess(fixture('streaming'));
});
afterAll(() => host?.stop());

/** What comes back for the lines of a request head, until the connection ends. */
async function raw(...lines: readonly string[]): Promise<string> {
  const socket = net.connect(host.port, '127.0.0.1').setEncoding('latin1');
  socket.write(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`);
  let answer = '';
  socket.on('data', (text) => {
    answer += text;
  });
  await once(socket, 'close');
  return answer;
}

test('a method that nobody knows is not found', async () => {
  expect(await raw('BREW /echo HTTP/1.1', 'Host: a')).toMatch(/^HTTP\/1\.1 404 /);
});

test('a header without a colon is bad', async () => {
  expect(await raw('GET /echo HTTP/1.1', 'Host: a', 'nonsense')).toMatch(/^HTTP\/1\.1 400 /);
});

test('two Host headers are refused', async () => {
  expect(await raw('GET /echo HTTP/1.1', 'Host: a', 'Host: b')).toMatch(/^HTTP\/1\.1 400 /);
});

test('more than a hundred header lines are refused', async () => {
  const lines = (count: number) => Array.from({ length: count }, (_, index) => `X-Number-${index}: 1`);
  // beside them Host and Connection
  expect(await raw('GET /echo HTTP/1.1', 'Host: a', ...lines(98))).toMatch(/^HTTP\/1\.1 200 /);
  expect(await raw('GET /echo HTTP/1.1', 'Host: a', ...lines(99))).toMatch(/^HTTP\/1\.1 431 /);
});

test('headers of which there should be one reach the function together', async () => {
  const answer = await raw('GET /echo HTTP/1.1', 'Host: a', 'Authorization: one', 'Authorization: two');
  expect(answer).toContain('"authorization":"one, two"');
});

test('HEAD of what does not exist has no length', async () => {
  const answer = await raw('HEAD /nowhere HTTP/1.1', 'Host: a');
  expect(answer).toMatch(/^HTTP\/1\.1 404 /);
  expect(answer).not.toMatch(/content-length/i);
});
