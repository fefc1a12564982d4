import { createHash } from 'node:crypto';
import { enterpriseApp, groupOf } from '../../emulators/identity/enterprise-app.ts';

/** The setting of an identity provider that vouches for people to the local enterprise client, with roles by their groups. */
export function vouchedFor(issuer: string) {
  const roles = ['query', 'billing'];
  return {
    issuer,
    jwksUri: issuer.replace(/v2\.0$/, 'discovery/v2.0/keys'),
    clients: [
      {
        id: enterpriseApp.clientId,
        secretSha256: createHash('sha256').update(enterpriseApp.secret).digest('hex'),
      },
    ],
    roles: { claim: 'groups', values: Object.fromEntries(roles.map((role) => [groupOf(role), [role]])) },
  };
}
