import type { TenantId } from '../../identity/tenant.ts';
import type { PeopleStore } from '../../storage/people-store.ts';
import type { OwnOptions } from '../options.ts';
import type { SignInProvider } from '../provider.ts';
import { authorizationServer, type ServerDependencies } from '../proxy/server.ts';
import { transactions } from '../proxy/transaction.ts';
import type { OwnTokens } from '../tokens/own-tokens.ts';
import { whereBrowsersAgree } from './invitation.ts';
import { invitationOperations } from './invite-operation.ts';
import { passkeyOperation } from './passkey-operation.ts';
import { passkeyUpstream } from './passkey-upstream.ts';

export interface OwnDependencies extends Omit<ServerDependencies, 'upstream'> {
  readonly options: OwnOptions;
  readonly tokens: OwnTokens;
  readonly peopleOf: (tenant: TenantId) => PeopleStore;
}

/**
 * Signs people in by itself, where there is no identity provider: who was invited registers a passkey and signs in with it.
 * Clients, consent, codes and refresh tokens are those of the proxy; what the proxy asks the provider for, this one knows.
 */
export function ownProvider(dependencies: OwnDependencies): SignInProvider {
  const { options, tokens, peopleOf, further, now } = dependencies;
  const server = authorizationServer({ ...dependencies, upstream: passkeyUpstream({ tokens, peopleOf }) });
  return {
    ...server,
    authorizationServers: ({ base }) => [whereBrowsersAgree(base)],
    operations: {
      ...server.operations,
      passkey: passkeyOperation(transactions(options.secrets, now)),
      ...invitationOperations({ peopleOf, now }),
    },
    verifiers: [...new Set([...further.verifiers, tokens.verifier])],
  };
}
