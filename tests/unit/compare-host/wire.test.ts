import { once } from 'node:events';
import net from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { observe } from '../../../scripts/compare-host/observe.ts';
import type { RequestRow, Sent } from '../../../scripts/compare-host/row.ts';

let server: net.Server;
afterEach(() => {
  server?.close();
});

/** What a row's requests see, and what the server got, when it writes these answers, one for each end of a head or message. */
async function exchange(row: Partial<RequestRow> & Pick<RequestRow, 'sends'>, ...answers: readonly string[]) {
  let got = '';
  let next = 0;
  server = net.createServer((socket) => {
    socket
      .on('error', () => {})
      .on('data', (data) => {
        got += data;
        const due = got.split('\r\n\r\n').length - 1;
        while (next < due) {
          const text = answers[next] ?? '';
          next += 1;
          socket.write(text.replace('<cut>', ''));
          if (text.endsWith('<cut>')) {
            socket.end();
          }
        }
      });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  const whole = { name: 'one', kind: 'sequence', needsToken: false, compares: ['status'], ...row } as const;
  const seen = await observe(whole, { origin: `http://127.0.0.1:${port}`, token: 'secret' }, 20_000);
  return { seen, got, port };
}

const get: Sent = { lines: ['GET / HTTP/1.1', 'Host: {host}'] };
const answer = (text: string, ...headers: readonly string[]) =>
  ['HTTP/1.1 200 OK', ...headers, `Content-Length: ${text.length}`, '', text].join('\r\n');

it('sends the lines as they are written, filled with the host and the token', async () => {
  const lines = ['BREW {origin}/x HTTP/1.1', 'Host: {host}', 'Authorization: Bearer {token}'];
  const { got, port } = await exchange({ sends: [{ lines, body: '{"a":1}' }] }, answer('tea'));
  expect(got).toBe(
    `BREW http://127.0.0.1:${port}/x HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer secret\r\nContent-Length: 7\r\n\r\n{"a":1}`,
  );
});

it('reads an answer by its length, with what came before it', async () => {
  const { seen } = await exchange(
    { sends: [get] },
    `HTTP/1.1 100 Continue\r\n\r\n${answer('tea', 'X-One:  1')}`,
  );
  expect(seen).toMatchObject({
    answers: [
      {
        status: 200,
        interim: [100],
        headers: [
          ['x-one', '1'],
          ['content-length', '3'],
        ],
        body: 'tea',
        staysOpen: true,
      },
    ],
  });
});

it('reads chunks each by itself, with their times', async () => {
  const text = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n';
  const { seen } = await exchange({ sends: [get] }, text);
  const chunks = ['one', 'two'].map((part) => ({ text: part, atMs: expect.any(Number) }));
  expect(seen).toMatchObject({ answers: [{ body: 'onetwo', chunks, staysOpen: true }] });
});

it('an answer to HEAD ends with its head, and one without a length with the connection', async () => {
  const head = { lines: ['HEAD / HTTP/1.1', 'Host: {host}'] };
  const { seen } = await exchange(
    { sends: [head, get] },
    'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n',
    'HTTP/1.1 404 Not Found\r\n\r\nnothing<cut>',
  );
  expect(seen).toMatchObject({ answers: [{ body: '' }, { status: 404, body: 'nothing', staysOpen: false }] });
});

it('requests that are pipelined get their answers in order', async () => {
  const { seen, got } = await exchange(
    { kind: 'pipelined', sends: [get, get] },
    answer('one'),
    answer('two'),
  );
  expect(seen).toMatchObject({ answers: [{ body: 'one' }, { body: 'two' }] });
  expect(got.match(/GET/g)).toHaveLength(2);
});

it('takes a value out of an answer into the next request, and asks until an answer has what is waited for', async () => {
  const first = { ...get, keeps: { name: 'task', where: /id=(\w+)/ } };
  const second = { lines: ['GET /{task} HTTP/1.1', 'Host: {host}'], until: /done/ };
  const { seen, got } = await exchange(
    { sends: [first, second] },
    answer('id=t1'),
    answer('working'),
    answer('done'),
  );
  expect(seen).toMatchObject({ answers: [{ body: 'id=t1' }, { body: 'done' }] });
  expect(got.match(/GET \/t1 /g)).toHaveLength(2);
});

it('an answer that breaks off is a fault', async () => {
  const { seen } = await exchange({ sends: [get] }, 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nfour<cut>');
  expect(seen).toEqual({ fault: 'cut off' });
});
