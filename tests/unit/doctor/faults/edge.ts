import type { Evidence } from '#doctor/evidence';
import { gatewayFiles } from '../evidence.ts';
import { live, policy, settings } from '../spoils.ts';

import { elsewhere, type Fault, firstTenant, tenants, validateToken, withoutOperations } from './fault.ts';

/** What the gateway keeps apart for cards, and the setting of the service. */
export const frames =
  (host: string | { readonly keyVaultSecret: string }, CONSOLE_FRAME_ORIGIN?: string) =>
  (evidence: Evidence): Evidence => ({
    ...settings({ CONSOLE_FRAME_ORIGIN })(evidence),
    gatewayValues: { value: { namedValues: { 'console-frame-host': host }, backends: {} } },
  });
const cards = 'https://cards.example';

const gatewayTier = (value: string) => (evidence: Evidence) => ({ ...evidence, tier: { value } });

export const edgeFaults: readonly Fault[] = [
  ['edge.audience', policy(validateToken, /<audience>.*<\/audience>/, ''), 'fail', /names no audience/],
  [
    'edge.audience',
    policy(validateToken, /<validate-jwt.*<\/validate-jwt>/s, ''),
    'fail',
    /without validate-jwt/,
  ],
  ['edge.tenant', policy(validateToken, /<claim name="tid".*<\/claim>/s, ''), 'fail', /does not require tid/],
  [
    'edge.tenant',
    policy(validateToken, /<issuer>.*<\/issuer>/, ''),
    'fail',
    /contoso has no issuer .*c0000000/,
  ],
  [
    'edge.tenant',
    policy(validateToken, '</issuers>', '<issuer>https://login.example/common/v2.0</issuer></issuers>'),
    'fail',
    /stands for every directory/,
  ],
  ['edge.mapping', tenants([{ slug: 'contoso', tenantIds: [elsewhere] }]), 'fail', /does not map it so/],
  ['edge.mapping', tenants([firstTenant('fabrikam')]), 'fail', /c0000000.*\(fabrikam\)/],
  ['edge.mapping', tenants([firstTenant('contoso')]), 'warn', /also maps fabrikam/],
  [
    'edge.units',
    tenants([{ ...firstTenant('contoso'), enter: { roles: ['sales'] } }]),
    'fail',
    /something else of contoso under "enter"/,
  ],
  ['edge.routes', withoutOperations, 'fail', /there is no operation POST \/contoso-mcp\/mcp/],
  ['edge.tier', gatewayTier('consumption'), 'fail', /does not stream and has no rate-limit-by-key/],
  ['edge.tier', gatewayTier('Developer'), 'warn', /for trying/],
  ['edge.tier', gatewayTier('Gold'), 'fail', /no tier "Gold"/],
  [
    'edge.frame-host',
    frames('none.invalid', cards),
    'fail',
    /is https:\/\/cards\.example.* is "none\.invalid"/,
  ],
  [
    'edge.frame-host',
    frames('cards.example'),
    'fail',
    /"cards\.example", and CONSOLE_FRAME_ORIGIN is not set/,
  ],
  ['edge.frame-host', frames('other.example', cards), 'fail', /"other\.example"/],
  ['edge.frame-host', frames('Cards.example', cards), 'fail', /"Cards\.example"/],
  ['edge.frame-host', frames({ keyVaultSecret: 'https://v.example/s' }, cards), 'fail', /is a secret/],
  ['edge.gateway-only', settings({ GATEWAY_KEY: undefined }), 'warn', /gets around/],
  ['edge.tls', live('url', 'http://mcp.example/mcp'), 'fail', /not encrypted/],
  [
    'edge.challenge',
    live('withoutToken', { status: 200, challenge: undefined }),
    'fail',
    /answered with 200/,
  ],
  ['edge.challenge', live('withoutToken', { status: 401, challenge: 'Bearer' }), 'fail', /cannot find/],
  ['edge.sign-in', settings({ SIGN_IN: undefined }), 'fail', /contoso, fabrikam to the service to sign in/],
  ['edge.sign-in', withoutProxy, 'fail', /does not let clients of contoso, fabrikam get there/],
];

/** A gateway whose registry sends every tenant's clients to the directory. */
function withoutProxy(evidence: Evidence): Evidence {
  const { registry, bundle } = gatewayFiles();
  const remote = registry.tenants.map((tenant) => ({ ...tenant, signIn: 'remote' as const }));
  return { ...evidence, gateway: { value: { bundle, registry: { ...registry, tenants: remote } } } };
}
