import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { stateSigningKey } from '#emulators/stack/signing-key';

let dir: string;
beforeEach(async () => {
  dir = path.join(await mkdtemp(path.join(os.tmpdir(), 'signing-key-')), 'data');
});
afterEach(() => rm(path.dirname(dir), { recursive: true }));

it('is the same at every start on the same data, and nobody else can read it', async () => {
  const key = await stateSigningKey(dir);
  expect(Buffer.byteLength(key)).toBeGreaterThanOrEqual(32);
  expect(await stateSigningKey(dir)).toBe(key);
  const { mode } = await stat(path.join(dir, 'state-signing-key'));
  if (process.platform !== 'win32') {
    expect(mode & 0o077).toBe(0);
  }
});

it('is made anew where what is there is too short to be one', async () => {
  await stateSigningKey(dir);
  const file = path.join(dir, 'state-signing-key');
  await writeFile(file, 'short');
  const key = await stateSigningKey(dir);
  expect(Buffer.byteLength(key)).toBeGreaterThanOrEqual(32);
  expect(await readFile(file, 'utf8')).toBe(key);
});

it('is another one for each run without data', async () => {
  expect(await stateSigningKey(undefined)).not.toBe(await stateSigningKey(undefined));
});
