import type { TenantId } from '../../identity/tenant.ts';
import { inTurn } from '../../storage/in-turn.ts';
import type { SignInStore } from '../../storage/sign-in-store.ts';
import type { Logger } from '../../telemetry/log.ts';
import { openClients } from '../clients/find-client.ts';
import type { Reach } from '../clients/guarded-fetch.ts';
import { documentedClients } from '../clients/metadata-document.ts';
import { commonRedirects } from '../clients/redirects.ts';
import { registerOperation } from '../clients/register-operation.ts';
import { registeredClients } from '../clients/registered.ts';
import { type Further, joinedMetadata } from '../further.ts';
import { keysOperation } from '../keys/keys-operation.ts';
import type { OwnKeys } from '../keys/own-key.ts';
import type { ServerOptions } from '../options.ts';
import type { SignInProvider } from '../provider.ts';
import type { SignInRecords } from '../records.ts';
import { serverMetadata } from '../server-metadata.ts';
import { issuerOf, type TenantSite } from '../tenant-site.ts';
import { tokenOperation } from '../tokens/token-operation.ts';
import { authorizeOperation } from './authorize.ts';
import { callbackOperation } from './callback.ts';
import { openCodes } from './codes.ts';
import { consentOperation } from './consent.ts';
import { proxyGrantTypes } from './grant-types.ts';
import type { ProxyParts } from './parts.ts';
import { openRefreshTokens } from './refresh-tokens.ts';
import { remembered } from './remembered.ts';
import { revokeOperation } from './revoke.ts';
import { transactions } from './transaction.ts';
import type { Upstream } from './upstream.ts';

export interface ServerDependencies {
  readonly options: ServerOptions;
  /** Where people sign in. */
  readonly upstream: Upstream;
  /** Name of the delegated scope. */
  readonly scope: string;
  /** Client ids that may be used; empty lets every one. */
  readonly allowedClients: readonly string[];
  readonly sites: readonly TenantSite[];
  readonly keys: OwnKeys;
  /** What else its token endpoint answers. */
  readonly further: Further;
  readonly storeOf: (tenant: TenantId) => SignInStore;
  readonly records: SignInRecords;
  readonly now: () => Date;
  readonly logger: Logger;
  /** How documents about clients are read; tests hand in another way than the public internet. */
  readonly reach?: Reach | undefined;
}

/** An authorization server for clients that nobody knows beforehand, whoever it is that people sign in at. */
export function authorizationServer(dependencies: ServerDependencies): SignInProvider {
  const { options, scope, sites, storeOf, now } = dependencies;
  const { secrets, redirects } = options;
  const allowed = [...commonRedirects, ...redirects];
  const registered = registeredClients(secrets);
  // Where clients are listed, one that makes its own id is never among them.
  const registration = options.registration && dependencies.allowedClients.length === 0;
  const parts: ProxyParts = {
    ...dependencies,
    clients: openClients({
      documented: documentedClients({ now, reach: dependencies.reach }),
      registered: registration ? registered : undefined,
      further: redirects,
      allowed,
    }),
    transactions: transactions(secrets, now),
    remembered: remembered(secrets, now),
    codes: openCodes(secrets, now),
    refreshTokens: openRefreshTokens(secrets, now),
  };
  const grantTypes = proxyGrantTypes(parts);
  const { further, keys } = dependencies;
  return {
    authorizationServers: (site, request) => [issuerOf(site, request)],
    scopeOf: () => scope,
    serverMetadata: (site, request) =>
      joinedMetadata(
        serverMetadata(site, request, {
          // Without offline_access: refresh tokens are given anyway, and who asks for it asks people each time.
          scopes: [scope],
          grantTypes: Object.keys(grantTypes),
          registration,
        }),
        further.serverMetadata(site),
      ),
    operations: {
      authorize: authorizeOperation(parts),
      consent: consentOperation(parts),
      callback: callbackOperation(parts),
      token: tokenOperation({ ...grantTypes, ...further.grantTypes }),
      revoke: revokeOperation(parts),
      keys: keysOperation(keys),
      ...(registration && { register: registerOperation({ registered, allowed, now }) }),
    },
    verifiers: further.verifiers,
    applications: [],
    async tidy(time, enough) {
      await inTurn(sites, { enough }, ({ slug }) => storeOf(slug).cleanUp(time, enough));
    },
  };
}
