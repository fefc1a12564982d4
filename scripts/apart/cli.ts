import { runCommand } from '../command-line/run-command.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { type PackageApart, packagesApart } from './install.ts';

const names = Object.keys(packagesApart);

const usage = `Installs packages that have a lock file of their own now, and not when they are first needed.

  node scripts/launch.cjs scripts/apart/cli.ts NAME...

  NAME   ${names.join(', ')}`;

await runCommand({ usage, options: {}, words: 'names' }, async (_, wanted) => {
  const { installApart } = await import('./install.ts');
  for (const name of wanted) {
    if (!isPackage(name)) {
      throw new UsageError(`"${name}" is no such package; use ${names.join(', ')}.`);
    }
    await installApart(name);
  }
});

function isPackage(name: string): name is PackageApart {
  return Object.hasOwn(packagesApart, name);
}
