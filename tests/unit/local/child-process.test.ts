import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { endOf, nextMessage, tell } from '../../../scripts/lib/child-process.ts';

const node = (script: string) =>
  spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });

it('an end is told before and after it, with the exit code', async () => {
  const child = node('process.exit(3)');
  expect(await endOf(child)).toBe(3);
  expect(await endOf(child)).toBe(3);
});

it('an end by a signal is told before and after it', async () => {
  const child = node('process.send(1); setInterval(() => {}, 1e6)');
  await once(child, 'message');
  child.kill('SIGKILL');
  expect(await endOf(child)).toBeNull();
  expect(await endOf(child)).toBeNull();
});

it('a program that there is not has ended', async () => {
  const child: ChildProcess = spawn('no-such-program-here', [], { stdio: 'ignore' });
  expect(await endOf(child)).toBeNull();
});

it('a process that ends without a word is not waited for', async () => {
  const child = node('');
  expect(await nextMessage(child, endOf(child))).toBeUndefined();
});

it('the message that is meant is waited for', async () => {
  const child = node('process.send({ type: "other" }); process.send({ type: "ready" })');
  const ended = endOf(child);
  expect(await nextMessage<{ type: string }>(child, ended, ({ type }) => type === 'ready')).toEqual({
    type: 'ready',
  });
  await ended;
});

it('what is said to a process that is gone is no error', async () => {
  const child = node('');
  await endOf(child);
  const errors: Error[] = [];
  child.on('error', (error) => errors.push(error));
  tell(child, 'anything');
  await new Promise((resolve) => setImmediate(resolve));
  expect(errors).toEqual([]);
});
