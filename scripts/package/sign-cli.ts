// Runs where nothing is installed: what it imports is Node's own and this project's.
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from '../command-line/run-command.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { seal } from './provenance/envelope.ts';
import { signerOf, vaultSigner } from './provenance/signers.ts';
import { provenanceFile, statementOf, subjectsIn } from './provenance/statement.ts';

const usage = `Writes from what a release was built, and signs it: an in-toto statement (SLSA provenance 1.0) in a DSSE envelope.

  npm run sign:package -- --release FOLDER --source URL --commit HASH --builder URL --run ID (--key FILE | --vault-key ID)

  --release FOLDER  the files, which "npm run package" made
  --source URL      the repository
  --commit HASH     the commit that was built
  --builder URL     the pipeline that built it
  --run ID          its run
  --key FILE        private key on P-256, PEM
  --vault-key ID    or a key of Key Vault, with its version, by the Azure CLI`;

const options = {
  release: { type: 'string' },
  source: { type: 'string' },
  commit: { type: 'string' },
  builder: { type: 'string' },
  run: { type: 'string' },
  key: { type: 'string' },
  'vault-key': { type: 'string' },
} as const;

await runCommand({ usage, options }, async ({ release, source, commit, builder, run, key, ...given }) => {
  const vaultKey = given['vault-key'];
  if (release === undefined || source === undefined || commit === undefined) {
    throw new UsageError('Give --release, --source and --commit.');
  }
  if (builder === undefined || run === undefined || (key === undefined) === (vaultKey === undefined)) {
    throw new UsageError('Give --builder, --run, and either --key or --vault-key.');
  }
  const { sign, publicKey } =
    key === undefined ? await vaultSigner(vaultKey ?? '') : signerOf(readFileSync(key, 'utf8'));
  const statement = statementOf(await subjectsIn(release), { source, commit, builder, run });
  const file = path.join(release, provenanceFile);
  await writeFile(file, `${JSON.stringify(await seal(statement, sign, publicKey))}\n`);
  console.log(`${file}: signed ${statement.subject.map(({ name }) => name).join(', ')}`);
});
