import { createHmac } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { openStorage } from '#platform/storage/connect';
import { azuriteAccount } from '../../emulators/stack/azurite.ts';

/** What an engine has stored, each thing as text. */
export interface TaskHub {
  readonly tables: readonly string[];
  readonly queues: readonly string[];
  /** Unpacked: messages that are too large for a row or a queue are kept compressed. */
  readonly blobs: readonly string[];
}

export type StorageService = 'queue' | 'blob';

/** All tables, queues and blob containers whose names begin with that of the task hub. */
export async function readTaskHub(connectionString: string, hub: string): Promise<TaskHub> {
  const isOfHub = (name: string) => name.toLowerCase().startsWith(hub.toLowerCase());
  const storage = await openStorage({ dataStorage: connectionString });
  const ask = (service: StorageService, path: string) => sent(connectionString, service, path);
  const names = async (service: StorageService) =>
    valuesOf(await (await ask(service, '?comp=list')).text(), 'Name').filter(isOfHub);

  const tables = (await storage.tableNames()).filter(isOfHub).map(async (name) => {
    const rows = await storage.table(name).list('');
    return rows.map((row) => JSON.stringify(row));
  });
  const queues = (await names('queue')).map(async (name) => {
    const answer = await ask('queue', `/${name}/messages?peekonly=true&numofmessages=32`);
    return valuesOf(await answer.text(), 'MessageText').map(messageText);
  });
  const containers = (await names('blob')).map(async (name) => {
    const listed = await (await ask('blob', `/${name}?restype=container&comp=list`)).text();
    const blobs = valuesOf(listed, 'Name').map(async (blob) => {
      const content = Buffer.from(await (await ask('blob', `/${name}/${encodeURI(blob)}`)).arrayBuffer());
      return String(isGzip(content) ? gunzipSync(content) : content);
    });
    return await Promise.all(blobs);
  });
  return {
    tables: (await Promise.all(tables)).flat(),
    queues: (await Promise.all(queues)).flat(),
    blobs: (await Promise.all(containers)).flat(),
  };
}

/** In which of the three services each of these texts is found. */
export function placesOf(markers: readonly string[], hub: TaskHub): Record<keyof TaskHub, string[]> {
  const found = (texts: readonly string[]) =>
    markers.filter((marker) => texts.some((text) => text.includes(marker)));
  return { tables: found(hub.tables), queues: found(hub.queues), blobs: found(hub.blobs) };
}

/**
 * Asks a service of the account, by the address and the key of a connection string.
 * @param path below the account, with its query
 * @throws Error when it refuses
 */
export async function sent(
  connectionString: string,
  service: StorageService,
  path: string,
  init: RequestInit = {},
): Promise<Response> {
  const name = service === 'queue' ? 'QueueEndpoint' : 'BlobEndpoint';
  const address = new RegExp(`${name}=([^;]+?)/?;`).exec(connectionString)?.[1];
  const response = await fetch(`${address}${path}${path.includes('?') ? '&' : '?'}${accountSas()}`, init);
  if (!response.ok) {
    throw new Error(`${init.method ?? 'GET'} ${service}${path}: ${response.status} ${await response.text()}`);
  }
  return response;
}

/** A signature for everything in the account (Azure Storage, "Create an account SAS", version 2018-11-09). */
function accountSas(): string {
  const until = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z');
  const fields = {
    sp: 'rwlac',
    ss: 'bq',
    srt: 'sco',
    st: '',
    se: until,
    sip: '',
    spr: 'https,http',
    sv: '2018-11-09',
  };
  const signed = `${[azuriteAccount.name, ...Object.values(fields)].join('\n')}\n`;
  const sig = createHmac('sha256', Buffer.from(azuriteAccount.key, 'base64')).update(signed).digest('base64');
  return String(new URLSearchParams({ ...fields, sig }));
}

function isGzip(content: Buffer): boolean {
  return content[0] === 0x1f && content[1] === 0x8b;
}

/** Messages are JSON, or base64 of it, by the version of the library. */
function messageText(text: string): string {
  const plain = text.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  return /^[A-Za-z0-9+/]+=*$/.test(plain) ? String(Buffer.from(plain, 'base64')) : plain;
}

/** The texts of all elements of one name: these answers are flat. */
function valuesOf(xml: string, element: string): string[] {
  return [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))].map(
    ([, value = '']) => value,
  );
}
