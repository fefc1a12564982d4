import { permissionTable } from '#contoso/access/roles';
import { openRoles } from '#platform/access/roles';
import { Forbidden, Unauthenticated } from '#platform/identity/authenticator';
import { jwtAuth } from '#platform/identity/jwt';
import { tenantId } from '#platform/identity/tenant';
import { startAuthority } from '../../support/authority.ts';
import { must, objectIn, orRefusedLater, type Target } from '../target.ts';

const tid = 'a0000000-0000-4000-8000-00000000000a';
const world = start();

async function start() {
  const authority = await startAuthority();
  const { authenticate } = jwtAuth({
    tenants: [{ slug: tenantId('acme'), tenantIds: [tid] }],
    authority: authority.url,
    audiences: ['c0ffee00-0000-4000-8000-000000000001'],
    scope: 'mcp.access',
    applications: [],
    roles: openRoles(permissionTable),
    now: () => new Date(),
  });
  return { authority, authenticate };
}

/** A token as it is sent, or with these claims and a signature that is right: it is somebody, or it is refused. */
export const fuzz: Target = async (data) => {
  const { authority, authenticate } = await world;
  const claims = objectIn(data);
  // a header holds no other characters
  const token =
    claims === undefined ? data.toString('latin1').replace(/[^\x21-\x7e]/g, '') : authority.mint(tid, claims);
  const request = new Request('http://localhost/mcp', { headers: { authorization: `Bearer ${token}` } });
  const principal = await orRefusedLater(() => authenticate(request), Unauthenticated, Forbidden);
  if (principal !== undefined) {
    must(claims !== undefined, 'nothing is somebody without a signature');
    must(principal.tenant === 'acme' && principal.user.startsWith(`${tid}:`), 'it is one of this directory');
    must(
      principal.roles.every((role) => typeof role === 'string'),
      'roles are texts',
    );
    must(Number.isFinite(principal.expiresAt), 'it ends');
  }
};
