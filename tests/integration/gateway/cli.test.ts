import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { projectDir } from '#scripts/lib/project-dir';
import { runEntry } from '../../support/run.ts';
import { startBackend } from './backend.ts';
import { everyBackend } from './world.ts';

const entry = 'emulators/gateway/cli.ts';
const needed = ['--authority', 'http://127.0.0.1:1', '--audience', 'api'];
const backends = Object.entries(everyBackend('http://127.0.0.1:1')).flatMap(([id, address]) => [
  '--backend',
  `${id}=${address}`,
]);

let running: ChildProcess | undefined;

afterEach(() => {
  running?.kill('SIGKILL');
});

it('prints the tenants’ addresses, serves them, and ends when it is told to', async () => {
  const options = [...needed, ...backends, '--port', '0'];
  const child = spawn(process.execPath, ['scripts/launch.cjs', entry, ...options], {
    cwd: projectDir,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running = child;
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const address = /http:\/\/\S+\/contoso-mcp\/mcp/.exec(line.toString())?.[0];
  const response = await fetch(String(address), { method: 'POST', body: '{}' });
  expect(response.status).toBe(401);
  await response.text();
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

it.each([
  ['nothing', [], '--authority and --audience are needed.', 2],
  ['a backend too few', needed, 'the address of the backend "contoso" is not given', 1],
  ['a value without a name', [...needed, '--value', '=1'], '"=1" must be written name=value.', 2],
])('says what is wrong with %s', async (_, options, message, exitCode) => {
  const { code, output } = await runEntry(entry, [...options, '--port', '0']);
  expect(output).toContain(message);
  expect(code).toBe(exitCode);
});

it('says who holds a port that is taken', async () => {
  const holder = await startBackend();
  const { port } = new URL(holder.origin);
  const { output } = await runEntry(entry, [...needed, ...backends, '--port', port]);
  expect(output).toContain(`Port ${port} is taken by process ${process.pid}`);
  await holder.stop();
});
