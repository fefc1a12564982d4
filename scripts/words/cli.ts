import { counted } from '#platform/counted';
import { runCommand } from '../command-line/run-command.ts';
import { projectDir } from '../lib/project-dir.ts';
import { complaintsIn } from './check.ts';

const usage = `Looks for names and phrases that are no longer used (scripts/words/retired.ts), in code and pages.

  npm run check:words`;

await runCommand({ usage, options: {} }, async () => {
  const complaints = await complaintsIn(projectDir);
  for (const complaint of complaints) {
    console.error(complaint);
  }
  if (complaints.length > 0) {
    console.error(`${counted(complaints.length, 'place')} to mend.`);
    return 1;
  }
  console.log('No name or phrase is used that was given up.');
  return 0;
});
