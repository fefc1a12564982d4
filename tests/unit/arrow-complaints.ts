import { complaintsOf } from '#scripts/arrows/check';
import { house } from '#scripts/arrows/house';
import { readSource } from '#scripts/arrows/read-file';
import { readAliases } from '#scripts/arrows/sources';
import { projectDir } from '#scripts/lib/project-dir';

export const aliases = readAliases(projectDir);
export const rooms = Object.keys(house);

export function complaints(file: string, text: string): readonly string[] {
  return complaintsOf([readSource(file, text)], aliases);
}
