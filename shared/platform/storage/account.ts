import { TableClient, TableServiceClient, type TableServiceClientOptions } from '@azure/data-tables';

/** Makes the library's clients for one account. */
export interface Account {
  table(name: string, options: TableServiceClientOptions): TableClient;
  service(options: TableServiceClientOptions): TableServiceClient;
}

/** @param text a connection string, or an account URL, as `openStorage` takes them */
export async function openAccount(text: string): Promise<Account> {
  if (!text.startsWith('https://')) {
    return {
      table: (name, options) => TableClient.fromConnectionString(text, name, { ...options }),
      service: (options) => TableServiceClient.fromConnectionString(text, { ...options }),
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
