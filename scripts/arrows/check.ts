import { type Cycle, cyclesOf } from './cycles.ts';
import type { Said, SourceFile } from './read-file.ts';
import { heldPackage, mayImport, roomNamed, roomOf, targetOf } from './rooms.ts';

/** One import of one file of ours by another. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly line: number;
}

/** All imports between files of ours. */
export function arrowsOf(
  files: readonly SourceFile[],
  aliases: Readonly<Record<string, string>>,
): readonly Arrow[] {
  return files.flatMap(({ file, imports }) =>
    imports.flatMap(({ what, line }) => {
      const to = targetOf(file, what, aliases);
      return to === undefined ? [] : [{ from: file, to, line }];
    }),
  );
}

/** Everything that breaks a rule of the house, as `file:line what is wrong and what to do`; sorted. */
export function complaintsOf(
  files: readonly SourceFile[],
  aliases: Readonly<Record<string, string>>,
): readonly string[] {
  const arrows = arrowsOf(files, aliases);
  return [
    ...files.flatMap(homeless),
    ...arrows.flatMap(forbidden),
    ...files.flatMap((file) => [
      ...packages(file),
      ...clocks(file),
      ...environment(file),
      ...permissions(file),
    ]),
    ...cyclesOf(arrows).map(circular),
  ].sort();
}

function homeless({ file }: SourceFile): string[] {
  return roomOf(file) === undefined
    ? [`${file} is in no room: say in scripts/arrows/house.ts what the room is for and what it may import.`]
    : [];
}

function forbidden({ from, to, line }: Arrow): string[] {
  const [room, other] = [roomOf(from), roomOf(to)];
  if (room === undefined || (other !== undefined && mayImport(room, other))) {
    return [];
  }
  return [`${from}:${line} ${room} may not import ${other ?? to}.`];
}

function packages({ file, imports }: SourceFile): string[] {
  const allowed = roomOf(file) === undefined ? [] : (roomNamed(roomOf(file) ?? '').packages ?? []);
  return imports.flatMap(({ what, line }) => {
    const held = heldPackage(what);
    return held === undefined || allowed.includes(held)
      ? []
      : [`${file}:${line} ${roomOf(file)} may not import ${held}.`];
  });
}

function clocks(source: SourceFile): string[] {
  return notIn(
    source,
    source.clocks,
    'clock',
    'use the clock that is handed in, or shared/platform/clock.ts',
  );
}

function environment(source: SourceFile): string[] {
  return notIn(source, source.environment, 'environment', 'read it in shared/settings.ts and hand it on');
}

function permissions(source: SourceFile): string[] {
  return notIn(
    source,
    source.permissions,
    'permissions',
    'ask shared/platform/access/exposure.ts, which alone decides what a caller sees and may call',
    'compares permissions:',
  );
}

function notIn(
  { file }: SourceFile,
  said: readonly Said[],
  right: 'clock' | 'environment' | 'permissions',
  remedy: string,
  does = 'reads',
): string[] {
  const room = roomOf(file);
  if (room !== undefined && roomNamed(room)[right] === true) {
    return [];
  }
  return said.map(({ what, line }) => `${file}:${line} ${does} ${what}: ${remedy}.`);
}

function circular(cycle: Cycle): string {
  return `${cycle[0]} imports itself by way of ${[...cycle.slice(1), cycle[0]].join(' → ')}; types count, too.`;
}
