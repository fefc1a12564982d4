import { readFileSync } from 'node:fs';
import path from 'node:path';
import { glob } from 'tinyglobby';
import { expect, it } from 'vitest';
import { projectDir } from '#scripts/lib/project-dir';

/**
 * Everything that the product keeps in memory between calls, and why nobody is shown by it what is switched off or needs
 * another role: `callerKey` has the version of the switches in it, and the others hold nothing that anybody is shown.
 */
const kept: Readonly<Record<string, string>> = {
  'shared/platform/mcp/response-cache.ts': 'callerKey',
  'shared/platform/mcp/direct/direct-calls.ts': 'the form of answers; each call goes through the pipeline',
  'shared/platform/mcp/http/allowed-host.ts': 'hosts that are allowed',
  'shared/platform/identity/verified-tokens.ts': 'who a token is of',
  'shared/platform/mcp/sessions/revocations.ts': 'sessions that ended',
  'shared/platform/sign-in/clients/metadata-document.ts': 'what clients publish of themselves',
  'shared/platform/downstream/open.ts': 'tokens of one user for one scope',
  'shared/platform/telemetry/pseudonym.ts': 'pseudonyms of the log',
  'shared/platform/storage/vector-store.ts': 'vectors of documents, read behind the permission',
  'shared/platform/knowledge/vector.ts': 'vectors of questions',
  'shared/composition/create-app.ts': 'whether storage answers',
  'shared/contoso/stores/account-store.ts':
    'which plan a state of a subscription has, for the index, shown to nobody',
  'shared/contoso/stores/lookup-store.ts': 'which customer a record belongs to, read behind the permission',
  'shared/contoso/stores/knowledge-store.ts': 'documents, read behind the permission',
  'shared/contoso/stores/directory-store.ts': 'whether an index is complete',
  'shared/contoso/stores/catalog-store.ts': 'rows of the catalogue, read behind the permission',
};

it('the switches’ version is in the key of every answer that is kept', async () => {
  const files = await glob('shared/**/*.ts', { cwd: projectDir, ignore: ['shared/platform/caching/**'] });
  const text = (file: string) => readFileSync(path.join(projectDir, file), 'utf8');
  const keeping = files.filter((file) => /new LeastRecentlyUsed\b|\bcached\(/.test(text(file)));
  expect(keeping.sort(), 'say in this test what a new one holds').toEqual(Object.keys(kept).sort());
  const answers = Object.keys(kept).filter((file) => kept[file] === 'callerKey');
  for (const file of answers) {
    expect(text(file)).toMatch(/JSON\.stringify\(\[callerKey\(/);
  }
  expect(text('shared/platform/access/exposure.ts')).toMatch(
    /function callerKey\([^\n]+\n[^\n]*switches\?\.version/,
  );
});
