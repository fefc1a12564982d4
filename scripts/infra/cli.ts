import { runCommand } from '../command-line/run-command.ts';
import { problemsOf } from './checks/index.ts';
import { findCompiler } from './compiler/find.ts';
import { forms } from './forms.ts';
import { compiled, predict } from './predict.ts';

/** By a pipeline, after everything else. */
const deployedAlone = 'infra/registry/api-center.bicep';

const usage = `Compiles infra/ and checks what a deployment would make: settings, roles, policies, the private network, secrets.
Says nothing when all is in order. The compiler comes from NuGet, once; without .NET the check is skipped.

  npm run check:infra -- [--bicep PATH]

  --bicep PATH   another Bicep compiler`;

await runCommand({ usage, options: { bicep: { type: 'string' } } }, async ({ bicep }) => {
  const compiler = await findCompiler(bicep);
  if (typeof compiler !== 'string') {
    console.log(`check:infra skipped, 1 check not made: ${compiler.missing}`);
    return bicep === undefined ? 0 : 1;
  }
  const [alone, ...predictions] = await Promise.all([
    compiled(compiler, deployedAlone),
    ...forms.map((form) => predict(compiler, form)),
  ]);
  const problems = [
    ...(alone === undefined ? [] : [alone.complaint]),
    ...predictions.flatMap((prediction) =>
      'complaint' in prediction ? [prediction.complaint] : problemsOf(prediction),
    ),
  ];
  for (const problem of new Set(problems)) {
    console.error(problem);
  }
  return problems.length === 0 ? 0 : 1;
});
