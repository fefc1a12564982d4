import { expect, it } from 'vitest';
import type { Endpoint } from '#platform/mcp/endpoint';
import { OpenRequests } from '#platform/mcp/open-requests';

const most = 5;

/** An endpoint whose answers come when they are told to. */
function held() {
  const waiting: (() => void)[] = [];
  const endpoint: Endpoint = () =>
    new Promise((resolve) => waiting.push(() => resolve(new Response('answered'))));
  return { endpoint, answer: () => waiting.splice(0).map((tell) => tell()) };
}

const request = () => new Request('http://localhost/mcp', { method: 'POST', body: '{}' });

it('answers those that it took, sheds four times as many, and takes the next ones when it is through', async () => {
  const { endpoint, answer } = held();
  const counted = new OpenRequests(most).counted(endpoint);
  for (const round of [1, 2]) {
    const all = Array.from({ length: 4 * most }, () => counted(request()));
    const shed = await Promise.all(all.slice(most));
    for (const response of shed) {
      expect([round, response.status]).toEqual([round, 429]);
      expect(response.headers.get('retry-after')).toBe('1');
      expect(await response.json()).toMatchObject({ jsonrpc: '2.0', id: null, error: { code: -32000 } });
    }
    answer();
    const taken = await Promise.all(all.slice(0, most));
    expect(taken.map(({ status }) => status)).toEqual(Array.from({ length: most }, () => 200));
  }
});

it('counts all endpoints of a process together, and a stream until it was read', async () => {
  const open = new OpenRequests(1);
  const stream = open.counted(async () => {
    return new Response('data: 1\n\n', { headers: { 'content-type': 'text/event-stream' } });
  });
  const other = open.counted(async () => new Response('answered'));
  const response = await stream(request());
  expect((await other(request())).status).toBe(429);
  await response.text();
  expect((await other(request())).status).toBe(200);
});

it('does not count a request whose endpoint failed', async () => {
  const open = new OpenRequests(1);
  const broken = open.counted(async () => {
    throw new Error('broken');
  });
  await expect(broken(request())).rejects.toThrow('broken');
  expect((await open.counted(async () => new Response('answered'))(request())).status).toBe(200);
});

it('leaves no body of a request that it sheds on the wire', async () => {
  const open = new OpenRequests(0).counted(async () => new Response('answered'));
  const shed = request();
  expect((await open(shed)).status).toBe(429);
  expect(await shed.body?.getReader().read()).toMatchObject({ done: true });
});
