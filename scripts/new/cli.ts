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

It runs as it stands. To have it served, by \`npm start\` as well as in Azure:

1. Write in shared/deployed.ts, in place of contoso:

  import { ${name} } from '#shared/${name}/business';
  export const deployed = ${name};

2. Write in seed/deployed.ts, in place of the demo company:

  import { ${name}LocalData } from './${name}.ts';
  export const localData = ${name}LocalData;

3. Run

  npm run policies
  npm start

Then put your own tools, records, job and expert in place of the library's, in ${folder}.`);
});
