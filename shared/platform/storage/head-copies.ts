import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Head } from '../access/audit-heads.ts';
import { serviceTokens, type TokenSource } from '../identity/service-tokens.ts';
import type { TenantId } from '../identity/tenant.ts';

/** Copies of heads in a place where nothing is changed once it is written, each under its number. */
export interface HeadCopies {
  /** Undefined when there is none of this number. */
  read(tenant: TenantId, number: number): Promise<Head | undefined>;
  /** @throws Error when there is one of this number, or the place does not answer */
  write(tenant: TenantId, number: number, head: Head): Promise<void>;
}

const storageScope = 'https://storage.azure.com/.default';
/** Of the REST API of Blob Storage. */
const version = '2024-11-04';
const requestTimeoutMs = 10_000;

/**
 * @param place a container, `https://ACCOUNT.blob.core.windows.net/CONTAINER`, or the absolute path of a folder
 * @param tokens for the container
 */
export function headCopies(place: string, tokens: TokenSource = serviceTokens(storageScope)): HeadCopies {
  return path.isAbsolute(place) ? copiesInFolder(place) : copiesInContainer(place, tokens);
}

const nameOf = (tenant: TenantId, number: number) => `${tenant}/${String(number).padStart(9, '0')}.json`;

/** By "Get Blob" and "Put Blob"; a policy of the container keeps what is there from being changed. */
function copiesInContainer(container: string, tokens: TokenSource): HeadCopies {
  async function send(tenant: TenantId, number: number, init: RequestInit): Promise<Response> {
    return await fetch(`${container}/${nameOf(tenant, number)}`, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${await tokens()}`, 'x-ms-version': version },
      signal: AbortSignal.timeout(requestTimeoutMs),
    });
  }
  return {
    async read(tenant, number) {
      const response = await send(tenant, number, { method: 'GET' });
      if (response.status === 404) {
        await response.body?.cancel();
        return undefined;
      }
      if (!response.ok) {
        throw await refusal('Blob Storage', response);
      }
      return (await response.json()) as Head;
    },
    async write(tenant, number, head) {
      const response = await send(tenant, number, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', 'x-ms-blob-type': 'BlockBlob', 'if-none-match': '*' },
        body: JSON.stringify(head),
      });
      if (!response.ok) {
        throw await refusal('Blob Storage', response);
      }
      await response.body?.cancel();
    },
  };
}

/** What a service answered, without the text of its body, which may be about anything. */
export async function refusal(service: string, response: Response): Promise<Error> {
  await response.body?.cancel();
  return new Error(`${service} answered ${response.status}.`);
}

function copiesInFolder(folder: string): HeadCopies {
  const fileOf = (tenant: TenantId, number: number) => path.join(folder, nameOf(tenant, number));
  return {
    async read(tenant, number) {
      try {
        return JSON.parse(await readFile(fileOf(tenant, number), 'utf8')) as Head;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
          return undefined;
        }
        throw error;
      }
    },
    async write(tenant, number, head) {
      const file = fileOf(tenant, number);
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(file, JSON.stringify(head), { flag: 'wx', mode: 0o400 });
    },
  };
}
