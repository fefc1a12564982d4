import { existsSync } from 'node:fs';
import path from 'node:path';
import { startAzurite } from '#emulators/stack/azurite';
import { startHostProcess } from '#emulators/stack/host-process';
import { readRegistry } from '#gateway/registry';
import { openStorage } from '#platform/storage/connect';
import { localData } from '#seed/deployed';
import { UsageError } from '../command-line/usage-error.ts';

export interface LocalHost {
  readonly origin: string;
  stop(): Promise<void>;
}

const quiet = { step: () => {}, progress: () => {} };

/**
 * Starts a built app on the local host, as the real one in everything, with data in memory. It has the settings of the
 * environment; without an `AUTH_MODE` it believes every token.
 * @param dir the app's folder
 * @param withData whether there is to be data of the demo
 */
export async function startLocalHost(dir: string, withData: boolean): Promise<LocalHost> {
  if (!existsSync(path.join(dir, 'dist'))) {
    throw new UsageError(
      `${dir} has no dist/: run npm run build, or npm run package and name .local/package/app with --dir.`,
    );
  }
  const azurite = await startAzurite({ port: 0 });
  try {
    const { connectionString } = azurite;
    const tenants = readRegistry().tenants.map(({ slug, tenantIds, displayName }) => ({
      slug,
      tenantIds,
      displayName,
    }));
    if (withData) {
      const storage = await openStorage({ dataStorage: connectionString });
      await Promise.all(tenants.map(({ slug }) => localData.fill(storage, slug, quiet)));
    }
    const host = await startHostProcess({
      dir,
      options: ['--strict', '--enable-auth'],
      env: {
        AUTH_MODE: process.env.AUTH_MODE ?? 'passthrough',
        TENANTS: process.env.TENANTS ?? JSON.stringify(tenants),
        DATA_STORAGE: connectionString,
        AzureWebJobsStorage: connectionString,
      },
    });
    return {
      origin: host.origin,
      async stop() {
        await host.stop();
        await azurite.stop();
      },
    };
  } catch (error) {
    await azurite.stop();
    throw error;
  }
}
