import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type KeySetting, keyRing, leastBytes, withoutReferences } from '#platform/settings/keys';
import { projectDir } from '#scripts/lib/project-dir';
import { readSettings } from '#shared/settings';

const settings = Object.keys(leastBytes) as KeySetting[];
const [older, newer] = ['o'.repeat(32), 'n'.repeat(32)];
const read = (file: string) => readFileSync(path.join(projectDir, file), 'utf8');

describe.each(settings)('%s', (name) => {
  it('has one secret, or two while it is replaced, the new one first', () => {
    expect(keyRing({}, name)).toBeUndefined();
    expect(keyRing({ [name]: older }, name)).toEqual([older]);
    expect(keyRing({ [name]: `${newer}, ${older}` }, name)).toEqual([newer, older]);
  });

  it.runIf(leastBytes[name] > 1)('has none that is too short', () => {
    for (const value of ['short', `${newer},short`]) {
      expect(() => keyRing({ [name]: value }, name)).toThrow(`${name} has a secret that is too short`);
    }
  });

  it('says in the documents how it is replaced', () => {
    const [, table = ''] = read('docs/operations.md').split('## Rotating keys');
    expect(table.split('\n## ')[0]).toContain(`| \`${name}\``);
  });

  it('stops the start of a process for which Key Vault gave no secret', () => {
    const reference = '@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/s)';
    for (const value of [reference, `${reference},${older}`]) {
      expect(() => withoutReferences({ [name]: value })).toThrow(`${name} is a reference to Key Vault`);
    }
  });
});

it('every setting of the sample whose name says that it is a secret is one of these', () => {
  const sample = JSON.parse(read('local.settings.sample.json')) as { Values: Record<string, string> };
  const secrets = Object.keys(sample.Values).filter((name) => /_KEYS?$|SECRET|PASSWORD|TOKEN$/.test(name));
  expect(secrets.sort()).toEqual([...settings].sort());
});

it('is asked of the process that serves, and not of settings that are only looked at', () => {
  const { env } = process;
  const before = env.GATEWAY_KEY;
  env.GATEWAY_KEY = '@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/gateway-key)';
  try {
    expect(() => readSettings()).toThrow('GATEWAY_KEY is a reference to Key Vault');
  } finally {
    if (before === undefined) {
      delete env.GATEWAY_KEY;
    } else {
      env.GATEWAY_KEY = before;
    }
  }
});
