import type { TenantId } from '../../identity/tenant.ts';
import type { SignInStore } from '../../storage/sign-in-store.ts';
import type { Logger } from '../../telemetry/log.ts';
import type { Clients } from '../clients/find-client.ts';
import { OAuthProblem } from '../http/oauth-problem.ts';
import type { SignInRecords } from '../records.ts';
import type { Codes } from './codes.ts';
import type { RefreshTokens } from './refresh-tokens.ts';
import type { Remembered } from './remembered.ts';
import type { Transactions } from './transaction.ts';
import type { Upstream } from './upstream.ts';

/** What the operations of the proxy share. */
export interface ProxyParts {
  readonly clients: Clients;
  readonly transactions: Transactions;
  readonly remembered: Remembered;
  readonly codes: Codes;
  readonly refreshTokens: RefreshTokens;
  readonly upstream: Upstream;
  readonly storeOf: (tenant: TenantId) => SignInStore;
  readonly records: SignInRecords;
  /** Client ids that may be used; empty lets every one. */
  readonly allowedClients: readonly string[];
  /** Name of the scope that tokens are for. */
  readonly scope: string;
  readonly now: () => Date;
  readonly logger: Logger;
}

/** Where the identity provider's page sends its form to, below a tenant's address. */
export const callbackPath = '/oauth/callback';

/** @throws OAuthProblem when this deployment lists the clients that may be used, and this is none of them */
export function refuseUnlisted(client: string, { allowedClients }: Pick<ProxyParts, 'allowedClients'>): void {
  if (allowedClients.length > 0 && !allowedClients.includes(client)) {
    throw new OAuthProblem(
      'unauthorized_client',
      'This program may not be used here; ask whoever runs the service to allow it.',
    );
  }
}
