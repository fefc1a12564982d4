import { bundledCommand } from '../bundled/command.ts';
import { canBuild, sourcesDigest, stalePages, writePages, writtenDigest } from './pages.ts';

const usage = `Makes the pages of the cards, shared/contoso/cards/pages/, from their sources in cards/.

  npm run cards
  npm run cards -- --check   checks that they are, and the types of the sources`;

await bundledCommand({
  usage,
  name: 'The pages of the cards',
  sources: 'cards',
  command: 'npm run cards',
  canBuild,
  isFresh: async () => (await writtenDigest()) === (await sourcesDigest()),
  write: writePages,
  stale: stalePages,
});
