import { createHash } from 'node:crypto';
import * as z from 'zod';
import { portless } from '../clients/redirects.ts';
import { cookiesOf, setCookie } from '../http/cookies.ts';
import type { Secrets } from '../keys/derived-keys.ts';
import { sealer } from '../keys/sealed.ts';
import type { TenantSite } from '../tenant-site.ts';

/** What a person agreed to. */
export interface Agreement {
  readonly client: string;
  readonly redirect: string;
}

/** Agreements that a person wanted to be remembered, in the browser where they did. */
export interface Remembered {
  has(agreement: Agreement, site: TenantSite, request: Request): Promise<boolean>;
  /** The `Set-Cookie` header that adds one. */
  add(agreement: Agreement, site: TenantSite, request: Request): Promise<string>;
}

const cookie = 'agreed';
/** Seconds. */
const lifetime = 180 * 86_400;
const most = 20;

export function remembered(secrets: Secrets, now: () => Date): Remembered {
  const sealed = sealer({ purpose: 'agreements', schema: z.array(z.string()), secrets, now });
  const read = async (site: TenantSite, request: Request) => {
    const value = cookiesOf(request, cookie, site.base).get('');
    return (value === undefined ? undefined : await sealed.open(value)) ?? [];
  };
  return {
    async has(agreement, site, request) {
      return (await read(site, request)).includes(digestOf(agreement, site));
    },
    async add(agreement, site, request) {
      const digest = digestOf(agreement, site);
      const others = (await read(site, request)).filter((one) => one !== digest);
      const value = await sealed.seal([...others, digest].slice(-most), lifetime);
      return setCookie(cookie, value, { base: site.base, maxAge: lifetime, sameSite: 'Lax' });
    },
  };
}

function digestOf({ client, redirect }: Agreement, { slug }: TenantSite): string {
  const text = [slug, client, portless(redirect)].join('\0');
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
