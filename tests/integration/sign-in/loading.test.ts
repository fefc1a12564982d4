import { expect, it } from 'vitest';
import { filesLoadedWith } from './loaded.ts';

/** The folders of the sign-in of which a service loads something. */
async function foldersWith(way: string): Promise<readonly string[]> {
  const files = await filesLoadedWith({
    SIGN_IN: way,
    SIGN_IN_CLIENT_ID: 'id',
    SIGN_IN_CLIENT_SECRET: 'secret',
  });
  expect(files).toContain('sign-in/serve.ts');
  return files.flatMap((file) => /^sign-in\/([^/]+)\//.exec(file)?.[1] ?? []);
}

it.each(['remote', 'verifier'])('SIGN_IN=%s waits for no authorization server to be loaded', async (way) => {
  const folders = await foldersWith(way);
  for (const folder of ['clients', 'enterprise', 'keys', 'own', 'proxy', 'tokens']) {
    expect(folders).not.toContain(folder);
  }
});

it('SIGN_IN=proxy loads it', async () => {
  expect(await foldersWith('proxy')).toEqual(expect.arrayContaining(['clients', 'keys', 'proxy', 'tokens']));
});

it.each([
  [{}, []],
  [
    { DOWNSTREAM_SECRET: 'local' },
    ['downstream/open.ts', 'downstream/proof.ts', 'downstream/token-request.ts'],
  ],
])('what acts for users at other services is loaded with a proof alone (%o)', async (settings, loaded) => {
  const files = await filesLoadedWith({ SIGN_IN: 'remote', ...settings });
  expect(files.filter((file) => file.startsWith('downstream/')).sort()).toEqual(loaded);
});
