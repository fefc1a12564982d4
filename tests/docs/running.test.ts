import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { demoCommands } from './commands/demo.ts';
import { projectCommands } from './commands/project.ts';
import { type StackPlace, stackCommands } from './commands/stack.ts';
import { type Copy, makeCopy } from './running/copy.ts';
import { follow } from './running/entry.ts';
import { Lane } from './running/lane.ts';
import { Shell } from './running/shell.ts';

/** Milliseconds for all before a command and for itself. */
const patience = 600_000;
const unchanged = 'what is generated and formatted was so before';
const ended = 'Ctrl+C stops everything';

const lanes = { clone: new Lane(), stack: new Lane(), demo: new Lane() };
const shells: Shell[] = [];
const copies: Copy[] = [];

/** In copies, so that nothing of the developer's is touched, and a stack that runs already is not found. */
beforeAll(() => {
  copies.push(makeCopy(), makeCopy());
  const [clone, other] = copies;
  if (clone === undefined || other === undefined) throw new Error('There are no copies.');
  typeInClone(clone);
  typeBesideStack(other);
  typeDemo();
});

afterAll(async () => {
  await Promise.all(shells.map((shell) => shell.close()));
  for (const copy of copies) copy.remove();
});

function shellIn(dir: string): Shell {
  const shell = new Shell(dir);
  shells.push(shell);
  return shell;
}

function typeInClone(copy: Copy): void {
  const place = { copy, shell: shellIn(copy.dir) };
  for (const entry of projectCommands) lanes.clone.add(entry.command, () => follow(entry, place));
  lanes.clone.add(unchanged, async () => expect(copy.changed()).toEqual([]));
}

function typeBesideStack(copy: Copy): void {
  const place: StackPlace = { shell: shellIn(copy.dir), port: '', conversation: '' };
  for (const entry of stackCommands) lanes.stack.add(entry.command, () => follow(entry, place));
  lanes.stack.add(ended, async () => {
    const state = path.join(copy.dir, '.local/stack.json');
    expect(existsSync(state)).toBe(true);
    await place.stack?.interrupt();
    expect(existsSync(state)).toBe(false);
    await expect(fetch(`http://127.0.0.1:${place.port}`)).rejects.toThrow();
  });
}

/** In the project, because the demo makes its own copy of everything. */
function typeDemo(): void {
  const place = { shell: shellIn(projectDir) };
  for (const entry of demoCommands) lanes.demo.add(entry.command, () => follow(entry, place));
}

const namesOf = (entries: readonly { readonly command: string }[]) => entries.map(({ command }) => command);

describe('beside a running stack', () => {
  it.each([...namesOf(stackCommands), ended])('%s', (name) => lanes.stack.outcomeOf(name), patience);
});

describe('by itself', () => {
  it.each(namesOf(demoCommands))('%s', (name) => lanes.demo.outcomeOf(name), patience);
});

describe('in a fresh clone', () => {
  it.each([...namesOf(projectCommands), unchanged])('%s', (name) => lanes.clone.outcomeOf(name), patience);
});
