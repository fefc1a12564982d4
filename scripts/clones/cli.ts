import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { installApart } from '../apart/install.ts';
import { runCommand } from '../command-line/run-command.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { projectDir } from '../lib/project-dir.ts';

const usage = `Looks for code that stands twice. Fails when there is any.

  npm run check:clones [-- FOLDER...]

  FOLDER   only what is in these, in less time`;

/** The rooms that are read, and how much has to be the same: tests may say the same a little longer. */
const readings = [
  {
    rooms: 'bench cards doctor emulators evals examples functions gateway scripts seed shared'.split(' '),
    same: { tokens: 40, lines: 6 },
  },
  { rooms: ['tests'], same: { tokens: 60, lines: 8 } },
];

/** Imports are often the same and say nothing. */
const imports = 'import[^;]*;';

await runCommand({ usage, options: {}, words: 'folders' }, async (_, folders) => {
  const chosen = folders.map((folder) => path.normalize(folder).replace(/[\\/]$/, ''));
  for (const folder of chosen) {
    if (!existsSync(path.join(projectDir, folder))) {
      throw new UsageError(`${folder} is no folder of the project.`);
    }
  }
  const { node, modules } = await installApart('clones');
  const detector = path.join(modules, 'jscpd/bin/jscpd');
  for (const { rooms, same } of readings) {
    const read =
      chosen.length === 0
        ? rooms
        : chosen.filter((folder) => rooms.includes(String(folder.split(path.sep)[0])));
    if (read.length === 0) {
      continue;
    }
    const options = [
      ...['--min-tokens', String(same.tokens), '--min-lines', String(same.lines)],
      ...['--format', 'typescript,tsx', '--mode', 'weak', '--ignore', '**/node_modules/**,**/dist/**'],
      ...['--ignore-pattern', imports, '--reporters', 'console', '--exitCode', '1', '--noTips'],
    ];
    // inside of it every token that is new is an error, and nobody reads where that was made
    const args = ['--stack-trace-limit=0', detector, ...options, ...read];
    const child = spawn(node, args, { cwd: projectDir, stdio: 'inherit' });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) {
      return 1;
    }
  }
  return 0;
});
