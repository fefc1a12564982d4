/** The environment: names to texts. Values are flat strings, as app settings are. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A setting that stops the start. The message names the setting, what it is and what it must be. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** A setting's text without surrounding blanks; undefined when unset or empty. */
export function text(env: Environment, name: string): string | undefined {
  return env[name]?.trim() || undefined;
}

/** The text of a setting that has no default. */
export function required(env: Environment, name: string, purpose: string): string {
  const value = text(env, name);
  if (value === undefined) {
    throw new SettingsError(`${name} is not set; it must be ${purpose}.`);
  }
  return value;
}

export function choice<const Option extends string>(
  env: Environment,
  name: string,
  options: readonly Option[],
): Option | undefined {
  const value = text(env, name);
  if (value === undefined) {
    return undefined;
  }
  const option = options.find((candidate) => candidate === value);
  if (option === undefined) {
    throw new SettingsError(`${name} is "${value}"; it must be one of ${options.join(', ')}.`);
  }
  return option;
}

/** True and false as people and tools write them: `func` turns a JSON `true` into "True". */
export function flag(env: Environment, name: string): boolean {
  const value = text(env, name)?.toLowerCase();
  if (value === undefined || ['false', '0', 'no'].includes(value)) {
    return false;
  }
  if (['true', '1', 'yes'].includes(value)) {
    return true;
  }
  throw new SettingsError(`${name} is "${value}"; it must be true or false.`);
}

export function integer(
  env: Environment,
  name: string,
  { least, most, otherwise }: { least: number; most: number; otherwise: number },
): number {
  const value = text(env, name);
  if (value === undefined) {
    return otherwise;
  }
  const number = Number(value);
  if (!Number.isInteger(number) || number < least || number > most) {
    throw new SettingsError(`${name} is "${value}"; it must be a whole number from ${least} to ${most}.`);
  }
  return number;
}

/** The parts of a comma-separated list. */
export function list(env: Environment, name: string): string[] {
  return (text(env, name) ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
