import { runCommand } from '../command-line/run-command.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { folderOf, writeBusiness } from './write-business.ts';

const usage = `Writes a business of your own into shared/, which begins as the lending library of examples/.

  npm run new -- --name acme

  --name   what it is called: lower-case letters and digits`;

await runCommand({ usage, options: { name: { type: 'string' } } }, async ({ name }) => {
  if (name === undefined) {
    throw new UsageError('Name the business with --name.');
  }
  const files = writeBusiness(name);
  const folder = folderOf(name);
  console.log(`${files.join('\n')}

It runs as it stands: ${folder}/app.ts makes the service, ${folder}/seed.ts its first records.

1. Say in scripts/arrows/house.ts what it may import:

  '${folder}': {
    purpose: 'the business',
    imports: [...everyPlatformRoom, 'shared/composition'],
    packages: ['@azure/data-tables'],
  },

2. Put your own tools, records, job and expert in place of the library's.
3. Hand it over in shared/app.ts and shared/settings.ts, where contoso stands now.`);
});
