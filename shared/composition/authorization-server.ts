import { randomUUID } from 'node:crypto';
import type { AuditTrail } from '#platform/access/audit';
import type { Roles } from '#platform/access/roles';
import { type PlatformSettings, tenantSites } from '#platform/settings';
import type { JwtSettings } from '#platform/settings/auth';
import type { Reach } from '#platform/sign-in/clients/guarded-fetch';
import { enterpriseSignIn } from '#platform/sign-in/enterprise/enterprise';
import type { Further } from '#platform/sign-in/further';
import { ownKeys } from '#platform/sign-in/keys/own-key';
import type { OwnOptions, ProxyOptions, ServerOptions, SignInOptions } from '#platform/sign-in/options';
import { ownProvider } from '#platform/sign-in/own/own';
import type { SignInProvider } from '#platform/sign-in/provider';
import { proxyProvider } from '#platform/sign-in/proxy/proxy';
import type { SignInRecords } from '#platform/sign-in/records';
import { type OwnTokens, ownTokens } from '#platform/sign-in/tokens/own-tokens';
import type { Storage } from '#platform/storage/connect';
import { peopleStores } from '#platform/storage/people-store';
import { signInStores } from '#platform/storage/sign-in-store';
import type { Logger } from '#platform/telemetry/log';
import { pseudonyms } from '#platform/telemetry/pseudonym';

export type { Reach };

export interface SignInParts {
  readonly storage: Storage;
  readonly trail: AuditTrail;
  readonly now: () => Date;
  readonly logger: Logger;
  /** How documents about clients are read, where not from the public internet. */
  readonly reach?: Reach | undefined;
}

/** Settings of a deployment that has an authorization server of its own. */
export type ServerSettings = JwtDeployment & Pick<PlatformSettings, 'confirmation'>;

/** For clients that the identity provider does not know. */
export function proxyServer(
  settings: ServerSettings,
  options: ProxyOptions,
  parts: SignInParts,
): SignInProvider {
  const { identifier, authority } = settings.auth;
  return proxyProvider({ ...serverParts(settings, options, parts), identifier, authority, options });
}

/** Where there is no identity provider. */
export function ownServer(settings: ServerSettings, options: OwnOptions, parts: SignInParts): SignInProvider {
  const peopleOf = peopleStores(parts.storage);
  return ownProvider({ ...serverParts(settings, options, parts), options, peopleOf });
}

type JwtDeployment = Pick<PlatformSettings, 'tenants' | 'publicBaseUrl'> & {
  readonly auth: JwtSettings & { readonly roles: Roles };
};

/** What every authorization server of ours is made of. */
function serverParts(
  settings: ServerSettings,
  { way, secrets }: ServerOptions & Pick<SignInOptions, 'way'>,
  parts: SignInParts,
) {
  const { scope, roles, applications } = settings.auth;
  const { now, logger, reach } = parts;
  const sites = tenantSites(settings);
  const keys = ownKeys(secrets);
  const tokens = ownTokens({ keys, sites: issuingSites(settings, way), roles, scope, applications, now });
  const storeOf = signInStores(parts.storage);
  const records = recordsIn(parts, settings.confirmation.signingKeys[0]);
  const further = enterpriseIn(settings, { tokens, storeOf, records, now });
  return {
    ...{ keys, tokens, scope, allowedClients: applications, sites, storeOf, records, further },
    ...{ now, logger, reach },
  };
}

/** Tokens of our own count only where they are issued: elsewhere whoever had the secrets could make one that nobody misses. */
function issuingSites({ tenants, publicBaseUrl }: JwtDeployment, way: SignInOptions['way']) {
  const issuing = tenants.filter(({ enterprise = [] }) => way === 'own' || enterprise.length > 0);
  return tenantSites({ tenants: issuing, publicBaseUrl });
}

interface EnterpriseParts {
  readonly tokens: OwnTokens;
  readonly storeOf: ReturnType<typeof signInStores>;
  readonly records: SignInRecords;
  readonly now: () => Date;
}

/** People who come with an assertion of their own organisation's identity provider. */
function enterpriseIn(
  { auth, tenants }: JwtDeployment,
  { tokens, storeOf, records, now }: EnterpriseParts,
): Further {
  const { applications, scope, scopePrefix } = auth;
  return enterpriseSignIn({
    issuers: new Map(tenants.map(({ slug, enterprise = [] }) => [slug, enterprise])),
    tokens,
    records,
    useOnce: (tenant) => (id, expires) => storeOf(tenant).useOnce('assertion', id, expires),
    scope,
    scopePrefix,
    applications,
    now,
  });
}

/** Sign-ins in the audit trail and the log. */
function recordsIn({ trail, now, logger }: SignInParts, signingKey: string): SignInRecords {
  const pseudonym = pseudonyms(signingKey);
  return {
    signedIn({ tenant, user, client, how, tokenId, correlationId }) {
      trail.enqueue({
        id: randomUUID(),
        time: now().toISOString(),
        tenant,
        user,
        application: client,
        by: 'caller',
        tool: 'sign-in',
        decision: 'allowed',
        reason: how,
        argumentDigest: '',
        outcome: 'ok',
        durationMs: 0,
        correlationId,
        ...(tokenId !== undefined && { token: tokenId }),
      });
      logger.log('info', 'signed in', { tenant, user: pseudonym(user), how, correlationId });
    },
  };
}
