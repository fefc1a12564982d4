import { runCommand } from '../command-line/run-command.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { hooks } from './hooks.ts';

const usage = `What azd runs around its own steps; azure.yaml calls it. Needs az and azd, both signed in.

  npm run azd:hook -- NAME

  NAME   ${Object.keys(hooks).join(', ')}`;

await runCommand({ usage, options: {}, words: 'NAME' }, async (_, [name = '', ...others]) => {
  const hook = Object.hasOwn(hooks, name) ? hooks[name] : undefined;
  if (hook === undefined || others.length > 0) {
    throw new UsageError(`Name one hook: ${Object.keys(hooks).join(', ')}.`);
  }
  await hook(process.env);
});
