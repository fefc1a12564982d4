import { runCommand } from '../command-line/run-command.ts';
import { problemsOf } from './checks/index.ts';
import { findCompiler } from './compiler/find.ts';
import { forms } from './forms.ts';
import { predict } from './predict.ts';

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
  const predictions = await Promise.all(forms.map((form) => predict(compiler, form)));
  const problems = predictions.flatMap((prediction) =>
    'complaint' in prediction ? [prediction.complaint] : problemsOf(prediction),
  );
  for (const problem of new Set(problems)) {
    console.error(problem);
  }
  return problems.length === 0 ? 0 : 1;
});
