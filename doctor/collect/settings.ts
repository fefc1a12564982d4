import * as z from 'zod';
import type { Environment } from '#platform/settings/read';
import { readTextFile } from '#platform/settings/text-file';
import type { Known } from '../evidence.ts';

const scalar = z.union([z.string(), z.boolean(), z.number(), z.null()]);

/** What `local.settings.json` looks like. */
const localSettings = z.looseObject({ Values: z.record(z.string(), scalar) });

/** What `az functionapp config appsettings list` prints. */
const appSettings = z.array(z.looseObject({ name: z.string(), value: scalar }));

/** The settings in a file, as {@link readSettingsFile} reads it; without a file, those of this process. */
export function collectSettings(file: string | undefined, own: Environment): Known<Environment> {
  return { value: file === undefined ? own : readSettingsFile(file) };
}

/**
 * The settings in a file: local.settings.json, or the JSON that the Azure CLI prints.
 * @throws Error when the file cannot be read or is neither
 */
export function readSettingsFile(file: string): Environment {
  const content = readJson(file);
  const local = localSettings.safeParse(content);
  if (local.success) {
    return texts(Object.entries(local.data.Values));
  }
  const listed = appSettings.safeParse(content);
  if (listed.success) {
    return texts(listed.data.map(({ name, value }) => [name, value]));
  }
  throw new Error(
    `${file} has no app settings; give a local.settings.json, or what "az functionapp config appsettings list" prints.`,
  );
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readTextFile(file));
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}`);
  }
}

function texts(entries: readonly (readonly [string, z.output<typeof scalar>])[]): Environment {
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]])),
  );
}
