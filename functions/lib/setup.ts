import { app } from '@azure/functions';
import { type App, getApp, SettingsError } from '../../shared/app.ts';
import { watchHost } from './host-watch.ts';

/** Streams reach the client as they are written; without this the host sends a response only when it is complete. */
app.setup({ enableHttpStream: true });

/**
 * The one app of this process; undefined when a setting is wrong. If that were thrown, the host would start without
 * any function and answer 404 everywhere (Functions host 4.1037). Instead every route is there and answers 503, and
 * what has no route is not registered: jobs under way wait, and go on when the setting is right.
 */
export const product = await start();

/** Ends open calls before the host cuts them; undefined where the host's port is not known. */
export const hostWatch = product && watching(product);

async function start(): Promise<App | undefined> {
  try {
    const started = await getApp();
    app.hook.appTerminate(() => started.close());
    return started;
  } catch (error) {
    if (!(error instanceof SettingsError)) {
      throw error;
    }
    // for the operator's log alone: names and values of settings are nobody else's
    process.stderr.write(`SettingsError: ${error.message}\n`);
    // tells whoever can still stop it, such as a developer's machine, that this process is of no use
    process.exitCode = 1;
    return undefined;
  }
}

function watching({ hostPort, endCalls, logger }: App) {
  if (hostPort === undefined) {
    return undefined;
  }
  return watchHost(hostPort, () => {
    logger.log('info', 'host stopping');
    void endCalls();
  });
}
