import { tenantSites } from '#platform/settings';
import type { ServerMetadata } from '../../evidence.ts';
import { type Finding, fail, pass, warn } from '../../finding.ts';
import { settingsOf } from '../backend.ts';
import { type Check, given } from '../check.ts';

export const serverAnswers: Check = {
  id: 'backend.sign-in-live',
  group: 'Backend',
  title: 'Clients that nobody knows find their way in',
  judge: (evidence) =>
    given(evidence.live.serverMetadata, (metadata) => {
      const settings = settingsOf(evidence);
      const site = settings && tenantSites(settings).find(({ base }) => base === metadata.server);
      const enterprise = settings?.tenants.find(({ slug }) => slug === site?.slug)?.enterprise ?? [];
      return judgeServer(metadata, enterprise.length > 0);
    }),
};

function judgeServer({ server, address, issuer, ...says }: ServerMetadata, vouchedFor: boolean): Finding {
  if (issuer !== server) {
    return fail(
      `${address} names the issuer ${issuer}, and clients were sent to ${server}: they refuse it.`,
      'Make PUBLIC_BASE_URL and the tenant’s route agree with the address that clients use.',
    );
  }
  if (!says.provesCodes || !says.namesIssuer) {
    return fail(
      `${address} does not offer ${says.provesCodes ? 'iss in its answers' : 'PKCE with S256'}.`,
      'Deploy the current version.',
    );
  }
  if (vouchedFor && !says.takesAssertions) {
    return fail(
      `${address} does not say that identity assertions are taken, and TENANTS has enterprise.`,
      'Deploy the settings that were judged; clients ask for it only where it is said.',
    );
  }
  if (!says.readsClientDocuments && !says.registers) {
    return warn(
      `${address} offers neither metadata documents of clients nor registration.`,
      'Clients have to be listed (SIGN_IN_CLIENTS), or SIGN_IN_REGISTRATION has to be on.',
    );
  }
  const ways = [
    ...(says.readsClientDocuments ? ['a metadata document'] : []),
    ...(says.registers ? ['registration'] : []),
    ...(says.takesAssertions ? ['an identity assertion'] : []),
  ];
  return pass(`${address}: clients come in by ${ways.join(' or ')}.`);
}
