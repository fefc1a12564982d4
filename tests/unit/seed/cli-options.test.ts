import { describe, expect, test } from 'vitest';
import { readRegistry } from '#gateway/registry';
import { readOptions, UsageError } from '#seed/cli-options';
import { developmentStorage } from '#seed/reach-storage';

const today = new Date('2026-03-04T23:30:00Z');
const read = (args: string[], env = {}) => readOptions(args, env, today);

describe('without options', () => {
  test('every registered tenant, today in UTC, seed 42, the local Azurite', () => {
    expect(read([])).toEqual({
      tenants: readRegistry().tenants.map(({ slug }) => slug),
      asOf: '2026-03-04',
      seed: 42,
      storage: developmentStorage,
      storageSource: '--storage',
      force: false,
      yes: false,
      help: false,
    });
  });

  test('DATA_STORAGE of the environment is used, and --storage goes before it', () => {
    expect(read([], { DATA_STORAGE: 'from-env' })).toMatchObject({
      storage: 'from-env',
      storageSource: 'DATA_STORAGE',
    });
    expect(read(['--storage', 'given'], { DATA_STORAGE: 'from-env' })).toMatchObject({
      storage: 'given',
      storageSource: '--storage',
    });
  });
});

test('a tenant that is named twice is loaded once', () => {
  expect(read(['--tenant', 'contoso', '--tenant', 'contoso']).tenants).toEqual(['contoso']);
});

describe('what is wrong is named', () => {
  test.each([
    [['--as-of', '2026-02-30'], '--as-of'],
    [['--as-of', 'today'], '--as-of'],
    [['--seed', '-1'], '--seed'],
    [['--seed', '1e3'], '--seed'],
    [['--seed', '99999999999'], '--seed'],
    [['--tenant', 'Not A Slug'], '--tenant'],
    [['--tennant', 'contoso'], '--tennant'],
    [['contoso'], 'contoso'],
  ])('%j', (args, named) => {
    expect(() => read(args)).toThrow(UsageError);
    expect(() => read(args)).toThrow(named);
  });
});
