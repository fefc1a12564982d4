import { existsSync } from 'node:fs';
import { NoText, readTextFile } from '#platform/settings/text-file';
import { HostStartError, messageOf } from '../../lib/errors.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** A string, or a comment: strings are matched first, so that `//` inside one stays. */
const STRING_OR_COMMENT = /"(?:\\.|[^"\\])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/**
 * A JSON file as the Functions tools read it: comments, a byte order mark and UTF-16 are allowed.
 * Undefined when there is no such file; throws a HostStartError when it is not a JSON object.
 */
export function readJsonObject(file: string): JsonObject | undefined {
  if (!existsSync(file)) {
    return undefined;
  }
  let value: unknown;
  try {
    const text = readTextFile(file);
    value = JSON.parse(text.replace(STRING_OR_COMMENT, (part) => (part.startsWith('"') ? part : ' ')));
  } catch (error) {
    if (error instanceof NoText) {
      throw new HostStartError(error.message);
    }
    throw new HostStartError(`${file} is not valid JSON: ${messageOf(error)}.`);
  }
  if (!isObject(value)) {
    throw new HostStartError(`${file} must hold a JSON object.`);
  }
  return value;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object at `path` in `root`, or an empty one when any step is missing. */
export function objectAt(root: JsonObject, ...path: string[]): JsonObject {
  let current: unknown = root;
  for (const step of path) {
    current = isObject(current) ? current[step] : undefined;
  }
  return isObject(current) ? current : {};
}
