import { runCommand } from '../command-line/run-command.ts';
import { makePackage } from './package.ts';
import { reportLines } from './report.ts';

const usage = `Makes the artifact for "func azure functionapp publish" and for running from a package, in .local/package.

  npm run package`;

await runCommand({ usage, options: {} }, async () => {
  for (const line of reportLines(await makePackage())) {
    console.log(line);
  }
});
