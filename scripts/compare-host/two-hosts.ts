import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import { STAND_IN } from '#emulators/host/http/stand-in';

/** How long a host may take for the answer that tells what it is, in milliseconds. */
const timeoutMs = 60_000;

/**
 * Why it cannot be relied on that these are two hosts, a real one and a local one; undefined when it can.
 * @param local undefined when this process started it, on a port that was free
 */
export async function doubtOf(real: string, local: string | undefined): Promise<string | undefined> {
  if (local !== undefined && (await leadToTheSamePlace(real, local))) {
    return `${real} and ${local} are the same address.`;
  }
  // Behind different names, or a proxy, the two may be one nonetheless: each has to show what it is.
  if (local !== undefined && (await kindOf(local)) !== 'local') {
    return `${local} does not show that it is a local host: ask it without a proxy, and without AzureWebJobsDisableHomepage.`;
  }
  switch (await kindOf(real)) {
    case 'local':
      return `${real} is a local host, too.`;
    case 'real':
      return undefined;
    default:
      return `${real} does not show that it is a real host: its answers do not say "Server: Kestrel".`;
  }
}

async function kindOf(origin: string): Promise<'real' | 'local' | 'unknown'> {
  const response = await fetch(origin, { signal: AbortSignal.timeout(timeoutMs), redirect: 'manual' });
  if ((await response.text()).includes(STAND_IN)) {
    return 'local';
  }
  return response.headers.get('server') === 'Kestrel' ? 'real' : 'unknown';
}

async function leadToTheSamePlace(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([placesOf(one), placesOf(other)]);
  return a.some((place) => b.includes(place));
}

/** Every address and port that an origin leads to; this machine is one, however it is written. */
async function placesOf(origin: string): Promise<readonly string[]> {
  const { hostname, protocol, port } = new URL(origin);
  const found = await lookup(hostname.replace(/^\[|\]$/g, ''), { all: true });
  const own = Object.values(networkInterfaces()).flatMap((one) => (one ?? []).map(({ address }) => address));
  const isOwn = (address: string) => /^(?:127\.|::1$|::$|0\.0\.0\.0$)/.test(address) || own.includes(address);
  const number = port || (protocol === 'https:' ? '443' : '80');
  return found.map(({ address }) => `${isOwn(address) ? 'here' : address} ${number}`);
}
