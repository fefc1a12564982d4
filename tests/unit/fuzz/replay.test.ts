import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectDir } from '#scripts/lib/project-dir';
import { hasGlibc } from '../../fuzz/glibc.ts';
import { forOlderGlibc } from '../../fuzz/older-glibc.ts';
import { must, orRefused } from '../../fuzz/target.ts';
import { targets } from '../../fuzz/targets.ts';

const corpus = path.join(projectDir, 'tests/fuzz/corpus');

/** What the fuzzer has kept, because each reaches something that the others do not. */
describe.each(Object.entries(targets))('%s', (name, load) => {
  it('takes or refuses everything that was kept', async () => {
    const files = readdirSync(path.join(corpus, name));
    expect(files.length).toBeGreaterThan(2);
    const { fuzz } = await load();
    for (const file of files) {
      const data = readFileSync(path.join(corpus, name, file));
      await Promise.resolve(data)
        .then(fuzz)
        .catch((error: unknown) => {
          throw new Error(`${name}/${file}: ${data.toString('latin1')}`, { cause: error });
        });
    }
  });
});

it('keeps small texts only, of targets that there are', () => {
  const folders = readdirSync(corpus);
  expect(folders.sort()).toEqual(Object.keys(targets).sort());
  const sizes = folders.flatMap((folder) =>
    readdirSync(path.join(corpus, folder)).map(
      (file) => readFileSync(path.join(corpus, folder, file)).length,
    ),
  );
  expect(Math.max(...sizes)).toBeLessThan(2_049);
});

it('tells a refusal from an error', () => {
  class Refusal extends Error {}
  const throws = (error: Error) => () => {
    throw error;
  };
  expect(orRefused(throws(new Refusal('No.')), Refusal)).toBeUndefined();
  expect(() => orRefused(throws(new TypeError('x is not a function')), Refusal)).toThrow(TypeError);
  expect(() => orRefused(throws(new Refusal('two\nlines')), Refusal)).toThrow('one sentence');
  expect(() => must(false, 'it is so')).toThrow('it is so');
});

it('knows where the fuzzer can be loaded', () => {
  expect(hasGlibc([2, 38], '2.38', 'linux')).toBe(true);
  expect(hasGlibc([2, 38], '2.41', 'linux')).toBe(true);
  expect(hasGlibc([2, 38], '3.0', 'linux')).toBe(true);
  expect(hasGlibc([2, 38], '2.36', 'linux')).toBe(false);
  expect(hasGlibc([2, 34], '2.36', 'linux')).toBe(true);
  expect(hasGlibc([2, 34], '', 'linux')).toBe(false);
  expect(hasGlibc([2, 38], undefined, 'darwin')).toBe(true);
});

it('makes nothing of what is no shared library', () => {
  expect(() => forOlderGlibc(Buffer.from('MZ'.padEnd(64)))).toThrow('no shared library of 64 bits');
});
