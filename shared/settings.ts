import { type PlatformSettings, readPlatformSettings } from '#platform/settings';
import { withoutReferences } from '#platform/settings/keys';
import type { Environment } from '#platform/settings/read';
import { type DeployedPolicy, deployed } from './deployed.ts';

export { SettingsError } from '#platform/settings/read';

/** Everything that a deployment can choose, checked once at the start. */
export interface Settings extends PlatformSettings {
  /** What it chose about the business. */
  readonly policy: DeployedPolicy;
}

/**
 * Reads and checks the environment.
 * @param env that of this process unless given, in which secrets have to be there
 * @throws SettingsError at the first setting that is missing, wrong or unsafe
 */
export function readSettings(env: Environment = withoutReferences(process.env)): Settings {
  return { ...readPlatformSettings(env, deployed), policy: deployed.readPolicy(env) };
}
