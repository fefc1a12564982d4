/** Undoes what was written to the process environment. */
export type Restore = () => void;

export interface AppliedEnvironment {
  /** Names that were not written because the environment has them already. */
  readonly skipped: readonly string[];
  readonly restore: Restore;
}

/**
 * Writes `values` to the environment of this process. What is already set there, and not empty, wins: so a shell variable
 * overrides local.settings.json, as with Core Tools.
 */
export function applyEnvironment(values: Readonly<Record<string, string>>): AppliedEnvironment {
  const skipped: string[] = [];
  const before = new Map<string, string | undefined>();
  for (const [name, value] of Object.entries(values)) {
    if (process.env[name]) {
      skipped.push(name);
      continue;
    }
    before.set(name, process.env[name]);
    process.env[name] = value;
  }
  return {
    skipped,
    restore() {
      for (const [name, value] of before) {
        if (value === undefined) {
          delete process.env[name];
        } else {
          process.env[name] = value;
        }
      }
    },
  };
}

/**
 * Replaces every `%NAME%` by the app setting NAME, as the host does in binding options and in hub names.
 * Throws an Error for a setting that does not exist.
 */
export function resolveSettings(text: string, environment: NodeJS.ProcessEnv): string {
  return text.replace(/%([^%\s]+)%/g, (whole, name: string) => {
    const value = environment[name];
    if (value === undefined) {
      throw new Error(`'${whole}' does not resolve to a value: set ${name}.`);
    }
    return value;
  });
}

/** Whether `AzureWebJobs.<name>.Disabled` (with `__` for `.` on Linux plans) switches the function off. */
export function isDisabled(functionName: string, environment: NodeJS.ProcessEnv): boolean {
  const values = [
    environment[`AzureWebJobs.${functionName}.Disabled`],
    environment[`AzureWebJobs__${functionName}__Disabled`],
  ];
  return values.some((value) => value !== undefined && ['true', '1'].includes(value.toLowerCase()));
}
