import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { HostOutput } from '#emulators/stack/host-output';

const call = JSON.stringify({
  time: '2026-03-04T10:11:12Z',
  level: 'info',
  message: 'tool called',
  user: 'p5eud0nym',
  tool: 'get_products',
  outcome: 'ok',
  durationMs: 7,
});
const host = "[2026-03-04T10:11:12.000Z] Executing 'Functions.mcp'";

function shown(
  mode: { json?: boolean; verbose?: boolean },
  file?: string,
): { lines: string[]; hosts: HostOutput } {
  const stream = new PassThrough();
  const hosts = new HostOutput({
    json: false,
    verbose: false,
    ...mode,
    file,
    output: stream as unknown as NodeJS.WriteStream,
  });
  hosts.take('before it is up');
  hosts.begin(() => 'quinn@contoso');
  hosts.take(host);
  hosts.take(call);
  const text = String(stream.read() ?? '');
  return { lines: text.split('\n').slice(0, -1), hosts };
}

it('shows a line for each call', () => {
  const { lines } = shown({});
  expect(lines).toEqual([expect.stringMatching(/quinn@contoso {2}get_products {2}ok {2}7 ms$/)]);
});

it('shows the JSON log when asked', () => {
  expect(shown({ json: true }).lines).toEqual([call]);
});

it('shows all lines from the start when asked', () => {
  expect(shown({ verbose: true }).lines).toEqual(['before it is up', host, call]);
});

it('keeps all lines in the file as they are, with pseudonyms alone', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'log-'));
  const file = path.join(dir, 'of', 'hosts.log');
  const { hosts } = shown({}, file);
  hosts.end();
  await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toBe(`before it is up\n${host}\n${call}\n`);
  expect(await readFile(file, 'utf8')).not.toContain('quinn');
  await rm(dir, { recursive: true });
});

it('remembers the last lines for when a host ends', () => {
  const { hosts } = shown({});
  for (let line = 0; line < 100; line += 1) {
    hosts.take(`line ${line}`);
  }
  expect(hosts.last).toHaveLength(20);
  expect(hosts.last.at(-1)).toBe('line 99');
});
