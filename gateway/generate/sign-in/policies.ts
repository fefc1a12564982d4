import type { RegisteredTenant } from '../../registry.ts';
import { openCors } from '../open-cors.ts';
import { generatedXml } from '../xml.ts';
import { around, dropped, tooManySignIns, withoutToken } from './parts.ts';

/**
 * The policy of a tenant's authorization server. Not inside the global one: that is for pages of one origin, while a sign-in
 * comes from everywhere.
 */
export function signInApiPolicy(tenant: RegisteredTenant): string {
  return generatedXml(
    `The sign-in of ${tenant.route}: no token can be asked for yet, so that addresses are counted instead.`,
    around({
      inbound: [...withoutToken(tenant), `<set-variable name="route" value="${tenant.route}" />`],
      onError: [tooManySignIns],
    }),
  );
}

/** The metadata of a tenant's authorization server, from the backend: what it offers depends on its settings. */
export function serverMetadataPolicy(tenant: RegisteredTenant): string {
  return generatedXml(
    'Public, so without the policies of the API: no token is needed, and every page may read it.',
    around({
      inbound: [
        openCors({ method: 'GET', headers: ['MCP-Protocol-Version'] }),
        ...withoutToken(tenant),
        ...dropped('Origin', 'Cookie'),
        `<rewrite-uri template="/.well-known/oauth-authorization-server/${tenant.route}" copy-unmatched-params="false" />`,
      ],
      onError: [tooManySignIns],
    }),
  );
}

/** Limits of those who have no token yet. */
export function signInLimitsFragment(): string {
  return generatedXml(
    `Counted by the caller's address, which is all that is known; a fleet of addresses meets the limit of the tenant. First
     the address: it must not use up what is the tenant's.`,
    `<fragment>
  <rate-limit-by-key calls="{{sign-in-address-calls}}" renewal-period="60" counter-key='@("address:" + (string)context.Variables["tenant"] + ":" + context.Request.IpAddress)' retry-after-variable-name="retry-after" />
  <rate-limit-by-key calls="{{sign-in-tenant-calls}}" renewal-period="60" counter-key='@("sign-in:" + (string)context.Variables["tenant"])' retry-after-variable-name="retry-after" />
</fragment>`,
  );
}
