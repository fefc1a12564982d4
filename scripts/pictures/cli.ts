import { runCommand } from '../command-line/run-command.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { scenes } from './scenes.ts';

const names = scenes.flatMap(({ pictures }) => pictures);
const usage = `Takes the pictures of the documents, docs/pictures/, of a real run: starts a local stack of its own with the demo data,
and goes through the console in Chromium, which has to be on the path. Look at them before you keep them.

  npm run pictures -- [NAME…]

Without a name it takes all of them: ${names.join(', ')}.`;

await runCommand({ usage, options: {}, words: 'pictures' }, async (_, wanted) => {
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`There is no picture "${unknown}"; there are ${names.join(', ')}.`);
  }
  const { takePictures } = await import('./take.ts');
  await takePictures(
    scenes.filter(({ pictures }) => wanted.length === 0 || pictures.some((name) => wanted.includes(name))),
  );
});
