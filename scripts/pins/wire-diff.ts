import { runCommand } from '../command-line/run-command.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { pinsAt } from './at-ref.ts';
import { breaksClients } from './breaking.ts';
import { changesBetween } from './changes.ts';
import { readPins } from './files.ts';
import { summaryOf } from './summary.ts';

const usage = `Says what clients see otherwise than at an earlier tag or commit, and which of it breaks them: the pins of that time beside
those of now.

  npm run wire:diff -- --base TAG_OR_COMMIT [--fail-on-breaking]

  --base TAG_OR_COMMIT   since when
  --fail-on-breaking     end with code 1 when something breaks clients`;

await runCommand(
  { usage, options: { base: { type: 'string' }, 'fail-on-breaking': { type: 'boolean' } } },
  async ({ base, 'fail-on-breaking': failOnBreaking = false }) => {
    if (base === undefined || base === '') {
      throw new UsageError('Name a tag or commit with --base.');
    }
    const before = pinsAt(base);
    if (before.size === 0) {
      console.log(`At ${base} nothing was pinned yet, so there is nothing to compare with.`);
      return 0;
    }
    const changes = changesBetween(before, readPins());
    console.log(summaryOf(changes, base));
    return failOnBreaking && changes.some(breaksClients) ? 1 : 0;
  },
);
