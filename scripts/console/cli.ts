import { bundledCommand } from '../bundled/command.ts';
import { canBuild, sourcesDigest, staleFiles, writeAssets, writtenDigest } from './assets.ts';

const usage = `Makes what the console is served from, shared/platform/console/assets/, from its sources in console/.

  npm run console
  npm run console -- --check   checks that it is, and the types of the sources`;

await bundledCommand({
  usage,
  name: 'The files of the console',
  sources: 'console',
  command: 'npm run console',
  canBuild,
  isFresh: async () => (await writtenDigest()) === (await sourcesDigest()),
  write: writeAssets,
  stale: staleFiles,
});
