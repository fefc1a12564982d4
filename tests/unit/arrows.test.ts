import { expect, it, test } from 'vitest';
import { complaintsOf } from '#scripts/arrows/check';
import { house } from '#scripts/arrows/house';
import { readSources } from '#scripts/arrows/sources';
import { projectDir } from '#scripts/lib/project-dir';
import { aliases, complaints, rooms } from './arrow-complaints.ts';

const pairs = rooms.flatMap((from) => rooms.filter((to) => to !== from).map((to) => [from, to] as const));

const sources = readSources(projectDir);

/** A file of a room, whose name may itself be a file. */
const fileIn = (room: string, name: string) => (room.endsWith('.ts') ? room : `${room}/${name}.ts`);

test('every import of the project goes the way that the house allows', async () => {
  expect(complaintsOf(await sources, aliases)).toEqual([]);
});

test('what is three folders up is imported by an alias', async () => {
  const far = (await sources).filter(({ imports }) =>
    imports.some(({ what }) => what.startsWith('../../../')),
  );
  expect(far.map(({ file }) => file)).toEqual([]);
});

it.each(pairs)('an import from %s of %s is judged by the table alone', (from, to) => {
  const [file, target] = [fileIn(from, 'from'), fileIn(to, 'to')];
  const path = `${'../'.repeat(file.split('/').length - 1)}${target}`;
  const allowed = house[from]?.imports.some((one) => to === one || to.startsWith(`${one}/`));
  for (const text of [
    `import '${path}';`,
    `export type * from '${path}';`,
    `type T = import('${path}').T;`,
  ]) {
    expect(complaints(file, text)).toEqual(allowed ? [] : [`${file}:1 ${from} may not import ${to}.`]);
  }
});
