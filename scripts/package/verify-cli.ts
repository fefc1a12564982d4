// Runs where nothing is installed: what it imports is Node's own and this project's.
import { readFileSync } from 'node:fs';
import { runCommand } from '../command-line/run-command.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { publicKeyOf } from './provenance/envelope.ts';
import { verifyRelease } from './provenance/verify.ts';

const usage = `Compares a release, file by file, with the provenance that its builder signed. Ends with 1 when anything does not fit.

  npm run verify:package -- --release FOLDER --key FILE [--source URL] [--commit HASH] [--builder URL]

  --release FOLDER  the files, and provenance.dsse.json
  --key FILE        public key of who has to have signed, PEM
  --source URL      the repository that it has to be built from
  --commit HASH     and the commit
  --builder URL     the pipeline that has to have built it`;

const options = {
  release: { type: 'string' },
  key: { type: 'string' },
  source: { type: 'string' },
  commit: { type: 'string' },
  builder: { type: 'string' },
} as const;

await runCommand({ usage, options }, async ({ release, key, source, commit, builder }) => {
  if (release === undefined || key === undefined) {
    throw new UsageError('Give --release and --key.');
  }
  const files = await verifyRelease(release, publicKeyOf(readFileSync(key, 'utf8')), {
    ...(source === undefined ? {} : { source }),
    ...(commit === undefined ? {} : { commit }),
    ...(builder === undefined ? {} : { builder }),
  });
  console.log(`As signed: ${files.join(', ')}`);
});
