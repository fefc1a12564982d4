import { expect, test } from 'vitest';
import { readModel } from '#platform/settings/model';
import { governmentIdentity, publicIdentity } from './cloud-identities.ts';

const azure = { AZURE_OPENAI_ENDPOINT: 'https://x.openai.azure.com', AZURE_OPENAI_CHAT_DEPLOYMENT: 'gpt' };

const resource = 'https://x.openai.azure.com';

test.each([
  ['the public cloud', resource, undefined, publicIdentity],
  ['Azure Government', 'https://x.openai.azure.us', undefined, governmentIdentity],
  [
    'a gateway in Azure Government',
    'https://g.example.gov',
    governmentIdentity.authority,
    governmentIdentity,
  ],
  ['a gateway anywhere else', 'https://g.example.com', undefined, publicIdentity],
  [
    'a gateway beside another identity provider',
    'https://g.example.com',
    'https://id.example',
    publicIdentity,
  ],
])('the identity gets the token of the cloud: %s', (_where, endpoint, AUTHORITY, identity) => {
  expect(readModel({ ...azure, AZURE_OPENAI_ENDPOINT: endpoint, AUTHORITY })).toMatchObject({ identity });
});

test('where no token for models is known, a key is asked for', () => {
  const china = { ...azure, AZURE_OPENAI_ENDPOINT: 'https://x.openai.azure.cn' };
  expect(() => readModel(china)).toThrow(/Azure China.*set AZURE_OPENAI_API_KEY/);
  expect(readModel({ ...china, AZURE_OPENAI_API_KEY: 'k' })).toMatchObject({ apiKeys: ['k'] });
});
