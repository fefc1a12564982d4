import path from 'node:path';
import type { RunningApp } from '../app.ts';
import type { HostExtension } from '../extension.ts';
import type { HostLog } from '../log.ts';
import type { HostSettings } from '../settings/settings.ts';
import { bodyLimit } from './body.ts';
import { serveBuffered } from './buffered.ts';
import { createCors } from './cors.ts';
import type { Keys } from './keys.ts';
import { createRouter } from './router.ts';
import type { Site } from './server.ts';
import { serveStreaming } from './streaming.ts';

export interface SiteOptions {
  readonly dir: string;
  readonly cors?: string | undefined;
  readonly strict?: boolean | undefined;
  /** Milliseconds. */
  readonly inactivityLimit?: number | undefined;
  readonly extensions: readonly HostExtension[];
  readonly keys: Keys | undefined;
  readonly log: HostLog;
}

/** The real host's stream proxy gives a connection up after this time without a byte, in milliseconds. */
const INACTIVITY_LIMIT = 240_000;

/** Everything that the server needs to serve the loaded app. Throws a HostStartError for a wrong setting. */
export function createSite(app: RunningApp, { hostJson, local }: HostSettings, options: SiteOptions): Site {
  const origins = options.cors ?? local.cors;
  const limit = bodyLimit(process.env);
  return {
    router: createRouter(app.index.http),
    cors: origins === undefined ? undefined : createCors(origins, local.corsCredentials),
    keys: options.keys,
    customHeaders: hostJson.customHeaders,
    bodyLimit: limit,
    homepage: process.env.AzureWebJobsDisableHomepage?.toLowerCase() !== 'true',
    reserved: {
      keys: options.keys,
      hostId: path.basename(options.dir),
      functions: app.index.enabled,
      extensionBundle: hostJson.extensionBundle,
      extensions: options.extensions,
      timers: app.timers,
    },
    log: options.log,
    serve: httpMode(app, limit, options),
  };
}

/** The app decides how it is served: with `enableHttpStream` its library announces where to forward requests to. */
function httpMode(app: RunningApp, limit: number, options: SiteOptions): Site['serve'] {
  const common = {
    invocations: app.invocations,
    log: options.log,
    bodyLimit: limit,
    strict: options.strict ?? false,
  };
  const target = app.streamTarget;
  if (target === undefined) {
    return (call) => serveBuffered(call, common);
  }
  const host = { ...common, target, inactivityLimit: options.inactivityLimit ?? INACTIVITY_LIMIT };
  return (call) => serveStreaming(call, host);
}
