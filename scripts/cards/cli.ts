import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { runCommand } from '../command-line/run-command.ts';
import { projectDir } from '../lib/project-dir.ts';
import { canBuild, sourcesDigest, stalePages, writePages, writtenDigest } from './pages.ts';

const usage = `Makes the pages of the cards, shared/contoso/cards/pages/, from their sources in cards/.

  npm run cards
  npm run cards -- --check   checks that they are, and the types of the sources`;

const install = 'What the cards are built with is not installed; run npm ci.';

await runCommand({ usage, options: { check: { type: 'boolean' } } }, async ({ check }) => {
  const isFresh = (await writtenDigest()) === (await sourcesDigest());
  if (check !== true) {
    if (canBuild()) {
      await writePages();
    } else if (!isFresh) {
      throw new Error(install);
    }
    return 0;
  }
  if (!isFresh) {
    console.error('The pages of the cards are not those of their sources; run npm run cards.');
    return 1;
  }
  if (!canBuild()) {
    console.log(`The pages of the cards are fresh. Their types are not checked: ${install}`);
    return 0;
  }
  const stale = await stalePages();
  if (stale.length > 0) {
    console.error(`Edited by hand: ${stale.join(', ')} in shared/contoso/cards/pages; run npm run cards.`);
    return 1;
  }
  const [code] = (await once(
    spawn('tsc -p cards', { cwd: projectDir, shell: true, stdio: 'inherit' }),
    'exit',
  )) as [number | null];
  return code ?? 1;
});
