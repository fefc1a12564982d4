import { afterAll, beforeAll, describe, it } from 'vitest';
import { projectCommands } from '../docs/commands/project.ts';
import { stackCommands, startCommand } from '../docs/commands/stack.ts';
import { pages } from '../docs/reading/commands.ts';
import { guideFile } from './extending/guide.ts';
import { makeCopy } from './typing/copy.ts';
import { lastNames, PageLane, type Step } from './typing/page-lane.ts';

/** Milliseconds for all before a command and for itself. */
const timeoutMs = 900_000;
const registered = [...projectCommands, startCommand, ...stackCommands];

function stepFor(place: string, text: string): Step {
  const entry = registered.find(({ command }) => command === text);
  if (entry === undefined) {
    throw new Error(`${place}: "${text}" is not run by a test.`);
  }
  return { name: `${place} ${text}`, entry };
}

interface Group {
  readonly title: string;
  readonly steps: readonly Step[];
}

/** The blocks of each page, in the order of the page. The guide has a test that types it, and makes what it needs. */
const typedPages = pages
  .filter(({ file }) => file !== guideFile)
  .map(
    ({ file, commands }): Group => ({
      title: file,
      steps: commands.map(({ place, text }) => stepFor(place, text)),
    }),
  );

/** What stands in sentences and tables only, in an order in which it works. */
const inBlocks = new Set(pages.flatMap(({ commands }) => commands.map(({ text }) => text)));
const inSentences = registered
  .filter(({ command }) => !inBlocks.has(command))
  .map((entry): Step => ({ name: entry.command, entry }));

const stepsOf = (page: string) => typedPages.find(({ title }) => title === page)?.steps ?? [];
const others = typedPages.filter(({ title }) => !['README.md', 'docs/quickstart.md'].includes(title));
const isBesideStack = ({ steps }: Group) => steps.some(({ entry }) => entry.besideStack);

/** What is typed in a clone each, beside what is typed in the others. */
const lanes: readonly (readonly Group[])[] = [
  // the audit trail of the README's stack shows what its page had done
  [
    {
      title: 'README.md, and sentences that speak of a running stack',
      steps: [...stepsOf('README.md'), ...inSentences.filter(({ entry }) => entry.besideStack)],
    },
  ],
  [
    { title: 'docs/quickstart.md', steps: stepsOf('docs/quickstart.md') },
    ...others.filter((page) => isBesideStack(page)),
  ],
  [
    ...others.filter((page) => !isBesideStack(page)),
    { title: 'other sentences', steps: inSentences.filter(({ entry }) => !entry.besideStack) },
  ],
];

const typed: PageLane[] = [];

/** In copies, so that nothing of the developer's is touched, and a stack that runs already is not found. */
beforeAll(async () => {
  for (const lane of lanes) {
    typed.push(
      new PageLane(
        await makeCopy(),
        lane.map(({ steps }) => steps),
      ),
    );
  }
}, timeoutMs);

afterAll(async () => {
  for (const lane of typed) {
    await lane.close();
  }
  // some of them have dependencies of their own to be removed
}, timeoutMs);

describe.each(lanes.flatMap((lane, number) => lane.map((group) => ({ ...group, number }))))(
  '$title',
  ({ number, steps }) => {
    it.each([...steps.map(({ name }) => name), ...lastNames(steps)])(
      '%s',
      (name) => typed[number]?.outcomeOf(name),
      timeoutMs,
    );
  },
);
