import { tenantId } from '#platform/identity/tenant';
import { assertionVerifier } from '#platform/sign-in/enterprise/assertion';
import { mappedRoles } from '#platform/sign-in/enterprise/mapped-roles';
import { OAuthProblem } from '#platform/sign-in/http/oauth-problem';
import { startAuthority } from '../../support/authority.ts';
import { must, objectIn, orRefusedLater, type Target } from '../target.ts';

const tid = 'e0000000-0000-4000-8000-00000000000e';
const base = 'https://mcp.example.com';
const slug = tenantId('acme');
const site = {
  slug,
  displayName: 'Acme',
  tenantIds: [tid],
  route: undefined,
  base,
  resources: [`${base}/mcp`],
};
const roles = { claim: 'groups', values: { people: ['query'] } };
const world = start();

async function start() {
  const authority = await startAuthority();
  const issuer = {
    issuer: 'https://login.example.com',
    jwksUri: `${authority.url}/${tid}/discovery/v2.0/keys`,
    clients: [{ id: 'client' }],
    roles,
  };
  const verify = assertionVerifier({ issuers: new Map([[slug, [issuer]]]), now: () => new Date() });
  return { authority, issuer, verify };
}

/** An assertion as it is sent, or with these claims and a signature that is right: it counts for one person, or not at all. */
export const fuzz: Target = async (data) => {
  const { authority, issuer, verify } = await world;
  const claims = objectIn(data);
  const assertion =
    claims === undefined
      ? data.toString()
      : authority.mint(tid, withRest(claims, issuer.issuer), { header: { typ: 'oauth-id-jag+jwt' } });
  const found = await orRefusedLater(() => verify(assertion, site), OAuthProblem);
  if (found !== undefined) {
    must(claims !== undefined, 'nothing counts without a signature');
    must(found.subject.length > 0 && found.id.length > 0, 'it names somebody, and itself');
    must(site.resources.includes(found.resource), 'it is for an address of this service');
    must(found.expiresAt * 1_000 > Date.now() - 120_000, 'it has not ended');
    must(
      mappedRoles(found.payload, roles).every((role) => role === 'query'),
      'roles are those of the mapping',
    );
  }
};

/** What a good one has; the claims that are tried take the place of it. */
function withRest(claims: Readonly<Record<string, unknown>>, iss: string) {
  const now = Math.floor(Date.now() / 1_000);
  const good = {
    iss,
    sub: 'ada',
    aud: base,
    client_id: 'client',
    resource: `${base}/mcp`,
    jti: 'one',
    iat: now,
    exp: now + 60,
  };
  return { ...good, ...claims };
}
