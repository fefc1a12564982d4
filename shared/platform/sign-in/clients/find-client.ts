import { OAuthProblem } from '../http/oauth-problem.ts';
import type { TenantSite } from '../tenant-site.ts';
import type { SignInClient } from './client.ts';
import { consoleClient, consoleClientId } from './console-client.ts';
import { knownClient } from './known.ts';
import { type DocumentedClients, isDocumentId } from './metadata-document.ts';
import { checkRedirect, isOneOf } from './redirects.ts';
import type { RegisteredClients } from './registered.ts';

/** Every client that this service can know. */
export interface Clients {
  /** @throws OAuthProblem `invalid_client` */
  find(site: TenantSite, id: string): Promise<SignInClient>;
  /**
   * That a client may be sent back to this address: it is one of its own, and an allowed one.
   * @throws OAuthProblem
   */
  checkRedirect(client: SignInClient, redirect: string): void;
}

export interface ClientsOptions {
  readonly documented: DocumentedClients;
  /** Undefined when clients may not register themselves. */
  readonly registered: RegisteredClients | undefined;
  /** Redirects that the deployment allows besides the common ones. */
  readonly further: readonly string[];
  /** All that are allowed. */
  readonly allowed: readonly string[];
}

/** By their ids: an address of a document, one that is known beforehand, one that was registered here, in this order. */
export function openClients({ documented, registered, further, allowed }: ClientsOptions): Clients {
  return {
    async find(site, id) {
      if (isDocumentId(id)) {
        return await documented.find(id);
      }
      if (id === consoleClientId) {
        return consoleClient(site);
      }
      const client = knownClient(id, further) ?? registered?.find(site.slug, id);
      if (client === undefined) {
        throw new OAuthProblem(
          'invalid_client',
          'This client_id is not known here; the client has to register again, or to be set up with one that is.',
          400,
        );
      }
      return client;
    },
    checkRedirect({ id, redirects }, redirect) {
      if (!isOneOf(redirect, redirects)) {
        throw new OAuthProblem(
          'invalid_redirect_uri',
          'The client asks to be sent back to an address that is not one of its own; start again in the client.',
        );
      }
      // this service's own page needs nobody to list it
      checkRedirect(redirect, id === consoleClientId ? redirects : allowed);
    },
  };
}
