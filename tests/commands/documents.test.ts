import { afterAll, beforeAll, describe, it } from 'vitest';
import { projectCommands } from '../docs/commands/project.ts';
import { stackCommands, startCommand } from '../docs/commands/stack.ts';
import { pages } from '../docs/reading/commands.ts';
import { guideFile } from './extending/guide.ts';
import { type Copy, makeCopy } from './typing/copy.ts';
import { Lane } from './typing/lane.ts';
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

/** The blocks of each page, in the order of the page. The guide has a test that types it, and makes what it needs. */
const typedPages = pages
  .filter(({ file }) => file !== guideFile)
  .map(({ file, commands }) => ({ file, steps: commands.map(({ place, text }) => stepFor(place, text)) }));

/** What stands in sentences and tables only, in an order in which it works. */
const inBlocks = new Set(pages.flatMap(({ commands }) => commands.map(({ text }) => text)));
const inSentences = registered
  .filter(({ command }) => !inBlocks.has(command))
  .map((entry): Step => ({ name: entry.command, entry }));

const stepsOf = (wanted: string) => typedPages.find(({ file }) => file === wanted)?.steps ?? [];
/** They take longest. */
const long = ['README.md', 'docs/quickstart.md'];
const groups: readonly { readonly title: string; readonly lane: number; readonly steps: readonly Step[] }[] =
  [
    // the audit trail of the README's stack shows what its page had done
    {
      title: 'README.md, and sentences that speak of a running stack',
      lane: 0,
      steps: [...stepsOf('README.md'), ...inSentences.filter(({ entry }) => entry.besideStack)],
    },
    { title: 'docs/quickstart.md', lane: 1, steps: stepsOf('docs/quickstart.md') },
    ...typedPages
      .filter(({ file }) => !long.includes(file))
      .map(({ file, steps }) => ({ title: file, lane: 2, steps })),
    { title: 'other sentences', lane: 2, steps: inSentences.filter(({ entry }) => !entry.besideStack) },
  ];

const typed = new Map<string, PageLane>();
const copies: Copy[] = [];

/** In copies, so that nothing of the developer's is touched, and a stack that runs already is not found. */
beforeAll(async () => {
  const lanes = [new Lane(), new Lane(), new Lane()];
  for (const [number, lane] of lanes.entries()) {
    const copy = await makeCopy();
    copies.push(copy);
    for (const { title, steps } of groups.filter((group) => group.lane === number)) {
      typed.set(title, new PageLane(steps, copy, lane));
    }
  }
}, timeoutMs);

afterAll(async () => {
  for (const page of typed.values()) {
    await page.close();
  }
  for (const copy of copies) {
    copy.remove();
  }
  // some of them have dependencies of their own to be removed
}, timeoutMs);

describe.each(groups)('$title', ({ title, steps }) => {
  it.each([...steps.map(({ name }) => name), ...lastNames(steps)])(
    '%s',
    (name) => typed.get(title)?.outcomeOf(name),
    timeoutMs,
  );
});
