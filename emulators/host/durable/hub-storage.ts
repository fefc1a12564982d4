import http from 'node:http';
import https from 'node:https';
import { TableClient, type TableServiceClientOptions } from '@azure/data-tables';
import { HubTable } from './hub-table.ts';
import type { Slots } from './slots.ts';

/** Opens tables of one account; sends nothing. */
export type OpenTable = (name: string, slots: Slots) => HubTable;

const loopback = ['127.0.0.1', 'localhost', '[::1]'];
/** For storage on this machine: given an agent, the library looks for no proxy in the environment. */
const agents = {
  'http:': new http.Agent({ keepAlive: true }),
  'https:': new https.Agent({ keepAlive: true }),
};

/** @throws RangeError with one sentence, which does not quote the text: that holds a key */
export function openHubStorage(connectionString: string, setting: string): OpenTable {
  const { protocol, hostname } = new URL(accountUrl(connectionString, setting));
  const options: TableServiceClientOptions = {
    retryOptions: { maxRetries: 2, retryDelayInMs: 100, maxRetryDelayInMs: 1_000 },
    allowInsecureConnection: protocol === 'http:',
    ...(loopback.includes(hostname) && { agent: agents[protocol === 'http:' ? protocol : 'https:'] }),
  };
  return (name, slots) =>
    new HubTable(TableClient.fromConnectionString(connectionString, name, options), slots);
}

function accountUrl(connectionString: string, setting: string): string {
  try {
    return TableClient.fromConnectionString(connectionString, 'any', { allowInsecureConnection: true }).url;
  } catch {
    throw new RangeError(`${setting} must be a connection string.`);
  }
}
