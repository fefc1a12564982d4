import { runCommand } from '../command-line/run-command.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { acceptCommand, changesBetween, type PinChange } from './changes.ts';
import { pinsFolder, readPins, removePin, writePin } from './files.ts';
import { pinId } from './pin.ts';
import { linesOf } from './print.ts';

const usage = `Says what clients see that is not as pinned in ${pinsFolder}/: tools, prompts, resources and endpoints, field by field.

  npm run pins -- [--accept NAME ...]

  --accept NAME ...   pin what is sent now, for these; a change that clients see is a decision, so there is no word for all
                      NAME is a tool, prompt:NAME, resource:NAME or endpoint:NAME, as this command shows it`;

await runCommand(
  { usage, options: { accept: { type: 'boolean' } }, words: 'NAME' },
  async ({ accept = false }, names) => {
    if (accept && names.length === 0) {
      throw new UsageError('--accept needs the names of what is meant.');
    }
    if (!accept && names.length > 0) {
      throw new UsageError(`To pin ${names.join(' ')} write --accept before.`);
    }
    const [{ contoso }, { gatherPins }] = await Promise.all([
      import('#contoso/business'),
      import('./gather.ts'),
    ]);
    const [pinned, sent] = [readPins(), await gatherPins(contoso)];
    const changes = changesBetween(pinned, sent);
    if (!accept) {
      return report(changes, sent.size);
    }
    const unknown = names.filter((name) => !pinned.has(name) && !sent.has(name));
    if (unknown.length > 0) {
      const known = [...sent.keys()].join(', ');
      throw new UsageError(`Nothing is called ${unknown.join(' or ')}; there are ${known}.`);
    }
    for (const name of new Set(names)) {
      take(name, changes);
    }
    return 0;
  },
);

function report(changes: readonly PinChange[], all: number): number {
  for (const change of changes) {
    console.log(linesOf(change).join('\n'));
  }
  if (changes.length === 0) {
    console.log(`Clients see what is pinned: ${all} pins.`);
    return 0;
  }
  console.log(`\nWhen that is meant: ${acceptCommand(changes.map(({ id }) => id))}`);
  return 1;
}

function take(name: string, changes: readonly PinChange[]): void {
  const change = changes.find(
    ({ id, before }) => id === name || (before !== undefined && pinId(before) === name),
  );
  if (change === undefined) {
    console.log(`${name}: nothing has changed.`);
    return;
  }
  if (change.after !== undefined) {
    writePin(change.after);
  }
  if (change.before !== undefined && change.before.name !== change.after?.name) {
    removePin(change.before);
  }
  console.log(linesOf(change).join('\n'));
}
