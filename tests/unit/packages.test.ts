import { readFileSync } from 'node:fs';
import path from 'node:path';
import { satisfies } from 'semver';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';
import { packagesApart } from '../../scripts/apart/install.ts';
import { isNewEnough } from '../../scripts/apart/newer-node.ts';
import { projectDir } from '../../scripts/lib/project-dir.ts';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly engines?: { readonly node?: string };
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<Record<string, Locked>>;
}

const readJson = <T>(file: string) => JSON.parse(readFileSync(path.join(projectDir, file), 'utf8')) as T;
const lockOf = (dir: string) => readJson<Lock>(path.join(dir, 'package-lock.json'));

/** The dependencies that warn (EBADENGINE) when they are installed with this version of Node. */
const tooNewFor = (node: string, lock: Lock) =>
  Object.entries(lock.packages)
    .filter(([, { engines }]) => engines?.node !== undefined && !satisfies(node, engines.node))
    .map(([name, { version }]) => `${name.replace(/^.*node_modules\//, '')} ${version}`);

const dirs = globSync('**/package.json', {
  cwd: projectDir,
  ignore: ['**/node_modules/**', '.local/**', 'dist/**'],
})
  .map((file) => path.posix.dirname(file))
  .filter((dir) => !dir.includes('fixtures'));

describe('the dependencies of the project', () => {
  it.each(['20.19.0', '20.20.2', '22.13.0', '24.0.0'])('all run on Node %s', (node) => {
    expect(tooNewFor(node, lockOf('.'))).toEqual([]);
  });
});

describe.each(Object.values(packagesApart))('what stands apart in %s', (dir) => {
  it('runs on the Node that it is given', () => {
    expect(isNewEnough('22.22.9')).toBe(false);
    expect(isNewEnough('22.23.0')).toBe(true);
    expect(tooNewFor('22.23.0', lockOf(dir))).toEqual([]);
    expect(tooNewFor('24.21.0', lockOf(dir))).toEqual([]);
  });

  it('has a reason to: some of it does not run on every Node of the project', () => {
    expect(tooNewFor('20.19.0', lockOf(dir))).not.toEqual([]);
  });

  it('names exact versions', () => {
    const { dependencies } = readJson<{ dependencies: Record<string, string> }>(`${dir}/package.json`);
    for (const version of Object.values(dependencies)) {
      expect(version).toMatch(/^\d/);
    }
  });
});

describe.each(['.', ...Object.values(packagesApart)])('the lock file of %s', (dir) => {
  const { packages } = lockOf(dir);

  it('says what is installed, not from where', () => {
    expect(Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  it('has what each platform needs', () => {
    const locked = new Set(Object.keys(packages).map((name) => name.replace(/^.*node_modules\//, '')));
    const missing = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
      Object.keys(optionalDependencies).filter((name) => !locked.has(name)),
    );
    expect(missing).toEqual([]);
  });
});

it('every package of the project is the root or stands apart', () => {
  expect(dirs.sort()).toEqual(['.', ...Object.values(packagesApart)].sort());
});
