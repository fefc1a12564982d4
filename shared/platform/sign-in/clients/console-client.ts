import { loopbackSpellings } from '../../identity/loopback.ts';
import { consolePath } from '../console-path.ts';
import type { TenantSite } from '../tenant-site.ts';
import type { SignInClient } from './client.ts';

/** `client_id` of the console, which is served beside the sign-in. */
export const consoleClientId = 'console';

/** The console of a tenant: its own page is the one place that it may be sent back to. */
export function consoleClient({ base }: TenantSite): SignInClient {
  return {
    id: consoleClientId,
    name: 'Console of this service',
    redirects: loopbackSpellings(`${base}${consolePath}`),
    known: 'listed',
  };
}
