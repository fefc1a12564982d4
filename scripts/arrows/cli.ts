import { counted } from '#platform/counted';
import { runCommand } from '../command-line/run-command.ts';
import { projectDir } from '../lib/project-dir.ts';
import { complaintsOf } from './check.ts';
import { readAliases, readSources } from './sources.ts';

const usage = `Checks that every import goes the way that scripts/arrows/house.ts allows, types included, and that there is no circle.

  npm run check:arrows`;

await runCommand({ usage, options: {} }, async () => {
  const complaints = complaintsOf(await readSources(projectDir), readAliases(projectDir));
  for (const complaint of complaints) {
    console.error(complaint);
  }
  console.log(
    complaints.length === 0
      ? 'Every import goes the way that scripts/arrows/house.ts allows.'
      : `${counted(complaints.length, 'place breaks', 'places break')} a rule of the house (scripts/arrows/house.ts).`,
  );
  return complaints.length > 0 ? 1 : 0;
});
