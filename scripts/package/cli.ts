import { makePackage } from './package.ts';
import { reportLines } from './report.ts';

/** `npm run package`: the artifact for `func azure functionapp publish` and for running from a package. */
try {
  for (const line of reportLines(await makePackage())) console.log(line);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
