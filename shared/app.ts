import type { Logger } from '#platform/telemetry/log';
import type { App } from './composition/app.ts';
import type { Reach } from './composition/authorization-server.ts';
import { createApp as createAppOf } from './composition/create-app.ts';
import { deployed } from './deployed.ts';
import { readSettings, type Settings } from './settings.ts';

export type { App } from './composition/app.ts';
export { SettingsError } from './settings.ts';

export interface AppParts {
  readonly settings: Settings;
  readonly now?: () => Date;
  readonly logger?: Logger;
  readonly reach?: Reach;
}

let app: Promise<App> | undefined;

/**
 * The one app of this process, built at the first call.
 * @throws SettingsError when the environment is not right
 */
export async function getApp(): Promise<App> {
  app ??= createApp({ settings: readSettings() });
  return app;
}

/** The app of this deployment's business. */
export function createApp(parts: AppParts): Promise<App> {
  return createAppOf({ business: deployed, ...parts });
}
