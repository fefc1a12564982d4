import { contoso } from '#contoso/business';
import type { DeploymentPolicy } from '#contoso/settings';
import { type PlatformSettings, readPlatformSettings } from '#platform/settings';
import type { Environment } from '#platform/settings/read';

/** Everything that a deployment can choose, checked once at the start. */
export interface Settings extends PlatformSettings {
  /** What it chose about the business. */
  readonly policy: DeploymentPolicy;
}

/**
 * Reads and checks the environment.
 * @throws SettingsError at the first setting that is missing, wrong or unsafe
 */
export function readSettings(env: Environment = process.env): Settings {
  return { ...readPlatformSettings(env, contoso), policy: contoso.readPolicy(env) };
}
