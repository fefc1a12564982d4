import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from '../command-line/run-command.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { projectDir } from '../lib/project-dir.ts';

const usage = `Sends the requests of docs/azure-fidelity.md to a real Functions host and to the local host, and says what differs.

  npm run compare:host -- --host URL [--token-file FILE] [--only WORDS] [--write --seen-on VERSIONS]

  --host URL          the real host, with this service on it
  --local URL         a local host that runs already. Without it one is started from dist/, with --strict and
                      --enable-auth, the settings of the environment, and data in memory
  --dir FOLDER        the app that is started, such as .local/package/app
  --token-file FILE   holds a token that both hosts accept; without it, what needs one is not asked
  --only WORDS        only the rows with these words in their name
  --write             write what was seen into docs/azure-fidelity.md, unless something differs without a reason
  --seen-on VERSIONS  what the real host runs, for the page: "host 4.1037.0, worker 3.9.1"

Nothing is changed at the real host, but for three diagnoses that a token may start. Ends with code 1 when something
differs without a reason.`;

await runCommand(
  {
    usage,
    options: {
      host: { type: 'string' },
      local: { type: 'string' },
      dir: { type: 'string', default: projectDir },
      'token-file': { type: 'string' },
      only: { type: 'string', default: '' },
      write: { type: 'boolean', default: false },
      'seen-on': { type: 'string' },
    },
  },
  async (values) => {
    const real = originOf('--host', values.host);
    const local = values.local === undefined ? undefined : originOf('--local', values.local);
    const { write, 'seen-on': seenOn } = values;
    if (write && seenOn === undefined) {
      throw new UsageError('Say with --seen-on what the real host runs: the page has the versions.');
    }
    const token = values['token-file'] === undefined ? undefined : await tokenOf(values['token-file']);
    const { requestRows } = await import('./table/index.ts');
    const meant = requestRows.filter(({ name }) => name.includes(values.only));
    if (meant.length === 0) {
      throw new UsageError(`No row has "${values.only}" in its name.`);
    }
    const { run } = await import('./run.ts');
    const compared = await run({ real, local, token, dir: path.resolve(values.dir), rows: meant, write });
    if (write && compared.code === 0) {
      const { fidelityPage, pageRow, pageWith } = await import('./page.ts');
      const file = path.join(projectDir, fidelityPage);
      const seen = `${new Date().toISOString().slice(0, 10)}, ${seenOn}`;
      const rows = compared.all.map((one) => pageRow(one.row, one, seen));
      await writeFile(file, pageWith(await readFile(file, 'utf8'), requestRows, rows));
      console.log(`${fidelityPage} written.`);
    }
    return compared.code;
  },
);

function originOf(option: string, text: string | undefined): string {
  const url = text !== undefined && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(
      `${option} is "${text ?? ''}"; it must be an address such as https://app.azurewebsites.net.`,
    );
  }
  return url.origin;
}

/** Never printed, nor named in an error. */
async function tokenOf(file: string): Promise<string> {
  const token = (await readFile(file, 'utf8')).trim();
  if (!/^[\w.~+/=-]+$/.test(token)) {
    throw new UsageError(`${file} holds no token on a line of its own.`);
  }
  return token;
}
