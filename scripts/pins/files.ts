import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectDir } from '../lib/project-dir.ts';
import { type JsonObject, kinds, type Pin, type PinKind, type Pins, pinsById, textOf } from './pin.ts';

/** Where the pins are, relative to the repository. */
export const pinsFolder = 'tests/pins';

export function fileOf({ kind, name }: Pick<Pin, 'kind' | 'name'>): string {
  return `${pinsFolder}/${kinds[kind]}/${name}.json`;
}

/** The pin that a file holds. @param file relative to the repository; undefined when it is none */
export function pinIn(file: string, text: string): Pin | undefined {
  const [, folder, name] = /^tests\/pins\/(\w+)\/([^/]+)\.json$/.exec(file) ?? [];
  const kind = (Object.keys(kinds) as PinKind[]).find((one) => kinds[one] === folder);
  return kind === undefined || name === undefined
    ? undefined
    : { kind, name, content: JSON.parse(text) as JsonObject };
}

/** Those of the working tree. */
export function readPins(): Pins {
  const files = Object.values(kinds).flatMap((folder) => jsonFiles(`${pinsFolder}/${folder}`));
  return pinsById(
    files.flatMap((file) => pinIn(file, readFileSync(path.join(projectDir, file), 'utf8')) ?? []),
  );
}

function jsonFiles(folder: string): string[] {
  const place = path.join(projectDir, folder);
  return existsSync(place)
    ? readdirSync(place)
        .sort()
        .map((name) => `${folder}/${name}`)
    : [];
}

export function writePin(pin: Pin): void {
  const file = path.join(projectDir, fileOf(pin));
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, textOf(pin));
}

export function removePin(pin: Pin): void {
  rmSync(path.join(projectDir, fileOf(pin)));
}
