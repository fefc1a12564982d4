import { outputOf } from '../azure/run.ts';

/** What azd hands to its hooks: the values of its environment, which the outputs of the templates are among. */
export type AzdEnvironment = Readonly<Record<string, string | undefined>>;

/** @throws Error when azd has no such value */
export function required(env: AzdEnvironment, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') {
    throw new Error(
      `${name} is not in the environment of azd; run this as a hook of azd, after azd provision.`,
    );
  }
  return value;
}

export function flagOf(env: AzdEnvironment, name: string): boolean {
  return env[name] === 'true';
}

/** Keeps a value in the environment of azd, where the templates read it. No secret: azd keeps it in a file. */
export async function keep(name: string, value: string): Promise<void> {
  await outputOf('azd', ['env', 'set', name, value]);
}
