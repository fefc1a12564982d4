import { readPlatformSettings } from '#platform/settings';
import type { Environment } from '#platform/settings/read';
import type { App } from '#shared/composition/app';
import { createApp } from '#shared/composition/create-app';
import { lendingLibrary } from './business.ts';

/**
 * The whole service of a library.
 * @throws SettingsError when the environment is not right
 */
export function createLibraryApp(env: Environment): Promise<App> {
  const settings = { ...readPlatformSettings(env, lendingLibrary), policy: lendingLibrary.readPolicy(env) };
  return createApp({ business: lendingLibrary, settings });
}
