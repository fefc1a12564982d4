import { counted } from '#platform/counted';
import { runCommand } from '../command-line/run-command.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { storageFor } from '../switch/storages.ts';
import { askedFor } from './asked-for.ts';
import { countRows } from './count-rows.ts';
import { readManifest } from './manifest.ts';
import { restore } from './restore.ts';

const usage = `Writes a back-up of npm run backup into a tenant's tables, and compares each table with it afterwards.

  npm run restore -- --tenant contoso --from FOLDER [--replace]

  --tenant SLUG   whose tables; one that has no data, or --replace
  --from FOLDER   the back-up. It is looked through first: a changed file stops it before anything is written
  --replace       the back-up takes the place of the data: other rows are removed. The trail, and what was used once, stay
  --other-tenant  the back-up is of another tenant, as in a drill: its people's data will be this tenant's

Works on DATA_STORAGE, or on the storage of the running local stack. Stop the app of the tenant meanwhile. It may be repeated.`;

const options = {
  tenant: { type: 'string' },
  from: { type: 'string' },
  replace: { type: 'boolean', default: false },
  'other-tenant': { type: 'boolean', default: false },
} as const;

await runCommand({ usage, options }, async (values) => {
  const { tenant, dir } = askedFor(values.tenant, values.from, '--from');
  const manifest = await readManifest(dir);
  if (manifest === undefined) {
    throw new UsageError(`There is no back-up in ${dir}.`);
  }
  if (manifest.tenant !== tenant && !values['other-tenant']) {
    throw new UsageError(
      `The back-up is of ${manifest.tenant}; with --other-tenant it is restored as ${tenant}’s all the same.`,
    );
  }
  const storage = await storageFor(tenant);
  const progress = countRows(process.stdout);
  const restored = await restore({
    storage,
    tenant,
    dir,
    manifest,
    replace: values.replace,
    onRows: progress.update,
  }).finally(progress.stop);
  const different = restored.filter(({ isSame }) => !isSame).map(({ table }) => table);
  if (different.length > 0) {
    console.error(
      `Different from the back-up: ${different.join(', ')}. Is the app running? Stop it, and run this again with --replace.`,
    );
    return 1;
  }
  const rows = restored.reduce((sum, table) => sum + table.rows, 0);
  console.log(
    `${tenant}: ${counted(rows, 'row')} of ${counted(restored.length, 'table')} are as in the back-up of ${manifest.startedAt}.`,
  );
  if (restored.some(({ table }) => table === 'People')) {
    console.log('Whoever was removed since then has an account again: npm run invite lists them.');
  }
  return 0;
});
