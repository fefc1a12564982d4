import { expect, it } from 'vitest';
import { examine } from '#doctor/checks/index';
import { goodEvidence } from './evidence.ts';
import { settings } from './spoils.ts';

const proxy = {
  SIGN_IN: 'proxy',
  SIGN_IN_CLIENT_ID: 'the-registration',
  SIGN_IN_CLIENT_SECRET: '@Microsoft.KeyVault(SecretUri=https://a.example/secret)',
  SIGN_IN_KEYS: '@Microsoft.KeyVault(SecretUri=https://a.example/keys)',
  TENANTS: JSON.stringify([
    { slug: 'contoso', tenantIds: ['c0000000-0000-4000-8000-000000000001'], displayName: 'Contoso' },
  ]),
};

const own = {
  SIGN_IN: 'own',
  SIGN_IN_KEYS: proxy.SIGN_IN_KEYS,
  TENANTS: proxy.TENANTS,
};

const judged = (id: string, changes: Record<string, string>) =>
  examine(settings(changes)(goodEvidence())).find((one) => one.id === id);

it.each([
  [{ SIGN_IN: 'remote' }, /SIGN_IN is remote/],
  [{ SIGN_IN: 'verifier' }, /clients bring a token/],
  [proxy, /the-registration must have .* https:\/\/mcp\.example\/contoso-mcp\/oauth\/callback/],
  [own, /people are invited .* passkeys are for mcp\.example alone/],
])('the way in is told with what it needs (%j)', (changes, sentence) => {
  const finding = judged('backend.sign-in', changes);
  expect(finding).toMatchObject({ status: 'pass' });
  expect(JSON.stringify(finding)).toMatch(sentence);
});

it.each([
  [{ SIGN_IN: 'verifier' }, /no metadata/],
  [proxy, /api:\/\/11111111-2222-4333-8444-555555555555\/mcp\.access/],
])('the metadata is judged by the way in (%j)', (changes, sentence) => {
  const finding = judged('backend.metadata', changes);
  expect(finding).toMatchObject({ status: 'pass' });
  expect(JSON.stringify(finding)).toMatch(sentence);
});
