import path from 'node:path';
import { runCommand } from '../command-line/run-command.ts';
import { makePackage } from './package.ts';
import { makeRelease, releaseDir } from './release.ts';
import { reportLines } from './report.ts';

const usage = `Makes the artifact for "func azure functionapp publish" and for running from a package, in .local/package; and in
.local/package/release what a pipeline signs and deploys: the same zip, its SBOM, the VEX file and the tools of the deployment.

  npm run package`;

await runCommand({ usage, options: {} }, async () => {
  const made = await makePackage();
  for (const line of reportLines(made)) {
    console.log(line);
  }
  const packages = await makeRelease(made);
  console.log(`\n${path.relative('', releaseDir)}: the release; its SBOM lists ${packages} packages`);
});
