import { Unavailable } from '#platform/errors';
import { SettingsError } from '#platform/settings/read';
import { openStorage, type Storage } from '#platform/storage/connect';

/** The local Azurite on its usual ports, as the storage libraries call it. */
export const developmentStorage = 'UseDevelopmentStorage=true';

/**
 * Opens storage for a command line and asks it once, so that nothing is begun on one that is not there.
 * @param dataStorage connection string or account URL
 * @param source where that was given: `--storage` or `DATA_STORAGE`
 * @throws SettingsError when it is neither; Unavailable when it does not answer or refuses; both say what to do
 */
export async function reachStorage(dataStorage: string, source: string): Promise<Storage> {
  if (/^["']/.test(dataStorage)) {
    throw new SettingsError(`${source} begins with a quote; leave the quotes out.`);
  }
  try {
    const storage = await openStorage({ dataStorage });
    await storage.ping();
    return storage;
  } catch (error) {
    if (error instanceof RangeError) {
      throw new SettingsError(error.message.replaceAll('DATA_STORAGE', source));
    }
    if (error instanceof Unavailable) {
      throw new Unavailable(explain(error, dataStorage, source), { cause: error });
    }
    throw error;
  }
}

function explain({ message }: Unavailable, text: string, source: string): string {
  if (/^UseDevelopmentStorage=true;?$/i.test(text)) {
    return `No Azurite answers on port 10002 of this machine. Start one with "npx azurite-table --skipApiVersionCheck --location .local/func", or name another storage with ${source}; npm start needs neither, for it has storage of its own and writes the demo data by itself.`;
  }
  const place = hostOf(text);
  return message.includes('refuses')
    ? `The storage at ${place}, which ${source} names, refuses this process: check the key, or sign in with "az login" and have the role Storage Table Data Contributor.`
    : `The storage at ${place}, which ${source} names, does not answer: check the address and whether it can be reached from here.`;
}

/** Host and port alone: the rest may hold a key. */
function hostOf(text: string): string {
  const parts = Object.fromEntries(
    text.split(';').map((part) => {
      const at = part.indexOf('=');
      return [part.slice(0, at).trim(), part.slice(at + 1)];
    }),
  );
  const { TableEndpoint, AccountName, EndpointSuffix = 'core.windows.net' } = parts;
  const address = TableEndpoint ?? (AccountName ? `https://${AccountName}.table.${EndpointSuffix}` : text);
  return URL.canParse(address) ? new URL(address).host : 'that address';
}
