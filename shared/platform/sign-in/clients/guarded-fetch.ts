import { lookup } from 'node:dns/promises';
import type { IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './addresses.ts';

/** How hosts of the public internet are reached; tests hand in another way, a deployment cannot. */
export interface Reach {
  /** The addresses of a host. */
  readonly resolve: (
    host: string,
  ) => Promise<readonly { readonly address: string; readonly family: number }[]>;
  /** Whether a connection may go to an address. */
  readonly allows: (address: string) => boolean;
  /** Instead of 443. */
  readonly port?: number;
  /** Certificate of the authority that is trusted, instead of the usual ones. */
  readonly ca?: string;
}

export const publicInternet: Reach = {
  resolve: (host) => lookup(host, { all: true }),
  allows: isPublicAddress,
};

/** What came back. */
export interface Fetched {
  readonly text: string;
  /** Seconds that it may be kept, by its headers (RFC 9111 section 5.2.2.1); undefined when they do not say. */
  readonly maxAge: number | undefined;
}

/** The document could not be had; the message ends the sentence "…, because …". */
export class NotFetched extends Error {
  override readonly name = 'NotFetched';
}

export interface FetchLimits {
  /** Of the whole exchange. */
  readonly milliseconds: number;
  readonly bytes: number;
}

/**
 * Reads a JSON document that a stranger names. Only over https and from the public internet: every address that a
 * connection is made to is checked when it is made, so that it does not matter what a name led to before. Redirects are
 * not followed.
 * @param address an https address whose host is a name
 * @throws NotFetched
 */
export async function guardedFetch(
  address: string,
  limits: FetchLimits,
  reach = publicInternet,
): Promise<Fetched> {
  const signal = AbortSignal.timeout(limits.milliseconds);
  try {
    const response = await send(new URL(address), signal, reach);
    try {
      checkHead(response);
      return { text: await textOf(response, limits.bytes), maxAge: maxAgeOf(response) };
    } finally {
      response.destroy();
    }
  } catch (error) {
    if (error instanceof NotFetched) {
      throw error;
    }
    throw new NotFetched(signal.aborted ? 'it takes too long to be read' : 'it cannot be reached', {
      cause: error,
    });
  }
}

function send(url: URL, signal: AbortSignal, reach: Reach): Promise<IncomingMessage> {
  if (url.protocol !== 'https:' || isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0) {
    throw new NotFetched('it is not at an https address with a name');
  }
  return new Promise((resolve, reject) => {
    const request = https.request(url, {
      signal,
      port: reach.port ?? 443,
      ca: reach.ca,
      // its own, for this request alone: no proxy of the environment, no connection that somebody else opened
      agent: new https.Agent({ keepAlive: false }),
      lookup: checkedLookup(reach),
      headers: { accept: 'application/json' },
    });
    request.once('response', resolve).once('error', reject).end();
  });
}

/** Node connects to what this answers, and to nothing else. */
function checkedLookup({ resolve, allows }: Reach): LookupFunction {
  return (host, options, callback) => {
    resolve(host).then(
      (found) => {
        const [first] = found;
        if (first === undefined || !found.every(({ address }) => allows(address))) {
          callback(new NotFetched('its host is not on the public internet'), '', 0);
        } else if (options.all) {
          callback(null, [...found]);
        } else {
          callback(null, first.address, first.family);
        }
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
}

function checkHead({ statusCode = 0, headers }: IncomingMessage): void {
  if (statusCode >= 300 && statusCode < 400) {
    throw new NotFetched('it is somewhere else, and redirects are not followed');
  }
  if (statusCode !== 200) {
    throw new NotFetched(`its server answers with the status ${statusCode}`);
  }
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(headers['content-type'] ?? '')) {
    throw new NotFetched('it is no JSON');
  }
}

async function textOf(response: IncomingMessage, most: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > most) {
      throw new NotFetched('it is too long');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function maxAgeOf({ headers }: IncomingMessage): number | undefined {
  const control = headers['cache-control'] ?? '';
  if (/\bno-(store|cache)\b/i.test(control)) {
    return 0;
  }
  const seconds = /\bmax-age=(\d{1,9})\b/i.exec(control)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
