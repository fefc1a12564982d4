import { counted } from '#platform/counted';
import { runCommand } from '../command-line/run-command.ts';
import { storageFor } from '../switch/storages.ts';
import { askedFor } from './asked-for.ts';
import { backup } from './backup.ts';
import { countRows } from './count-rows.ts';

const usage = `Writes a tenant's data into a folder, while the service goes on: a file a table, a line a row. Each customer is as at one moment.

  npm run backup -- --tenant contoso --to FOLDER

  --tenant SLUG   whose data
  --to FOLDER     made when it is not there; a back-up that was interrupted goes on where it was

Reads DATA_STORAGE, or the storage of the running local stack. The files hold people's data as they are: keep them where few
can read them, encrypted. npm run restore writes them back.`;

const options = { tenant: { type: 'string' }, to: { type: 'string' } } as const;

await runCommand({ usage, options }, async (values) => {
  const { tenant, dir } = askedFor(values.tenant, values.to, '--to');
  const storage = await storageFor(tenant);
  const progress = countRows(process.stdout);
  const { tables } = await backup({
    storage,
    tenant,
    dir,
    now: () => new Date(),
    onRows: progress.update,
  }).finally(progress.stop);
  const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0);
  console.log(
    `${tenant}: ${counted(rows, 'row')} of ${counted(Object.keys(tables).length, 'table')} are in ${dir}.`,
  );
});
