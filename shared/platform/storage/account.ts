import { TableClient, TableServiceClient, type TableServiceClientOptions } from '@azure/data-tables';
import { accountWithKeys } from './account-keys.ts';
import { connectionStringsIn } from './connection-string.ts';

/** Makes the library's clients for one account. */
export interface Account {
  table(name: string, options: TableServiceClientOptions): TableClient;
  service(options: TableServiceClientOptions): TableServiceClient;
}

/** @param text a connection string, several of one account, or an account URL, as `openStorage` takes them */
export async function openAccount(text: string): Promise<Account> {
  if (!text.startsWith('https://')) {
    const texts = connectionStringsIn(text);
    const [only = ''] = texts;
    return texts.length > 1
      ? accountWithKeys(texts)
      : {
          table: (name, options) => TableClient.fromConnectionString(only, name, { ...options }),
          service: (options) => TableServiceClient.fromConnectionString(only, { ...options }),
        };
  }
  const { origin } = new URL(text);
  // Loaded only here: it is large, and with a connection string nothing needs it.
  const { DefaultAzureCredential } = await import('@azure/identity');
  const credential = new DefaultAzureCredential();
  return {
    table: (name, options) => new TableClient(origin, name, credential, options),
    service: (options) => new TableServiceClient(origin, credential, options),
  };
}
