import path from 'node:path';
import { house } from './house.ts';
import { heldPackages, type Room } from './room.ts';

const names = Object.keys(house).sort((one, other) => other.length - one.length);

/** The room of a file; undefined when it is in none. */
export function roomOf(file: string): string | undefined {
  return names.find((name) => file === name || file.startsWith(`${name}/`));
}

/** Whether files of the one room may import from the other. */
export function mayImport(from: string, to: string): boolean {
  return (
    from === to || roomNamed(from).imports.some((allowed) => to === allowed || to.startsWith(`${allowed}/`))
  );
}

export function roomNamed(name: string): Room {
  const room = house[name];
  if (room === undefined) {
    throw new RangeError(`There is no room ${name}.`);
  }
  return room;
}

/** The package of a bare specifier, when only some rooms may have it. */
export function heldPackage(specifier: string): string | undefined {
  return heldPackages.find((name) => specifier === name || specifier.startsWith(`${name}/`));
}

/**
 * The file that a specifier of ours leads to, relative to the repository; undefined for a package.
 * @param aliases `imports` of package.json: `#alias/*` to `./folder/*.ts`
 */
export function targetOf(
  file: string,
  specifier: string,
  aliases: Readonly<Record<string, string>>,
): string | undefined {
  if (specifier.startsWith('.')) {
    return path.posix.join(path.posix.dirname(file), specifier);
  }
  for (const [alias, target] of Object.entries(aliases)) {
    const [head = '', tail = ''] = alias.split('*');
    if (specifier.startsWith(head) && specifier.endsWith(tail)) {
      return path.posix.normalize(
        target.replace('*', specifier.slice(head.length, specifier.length - tail.length)),
      );
    }
  }
  return undefined;
}
