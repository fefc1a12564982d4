import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { type DirectoryTenant, type DirectoryUser, findUser } from './directory.ts';
import { errors } from './library.ts';
import { errorPage, pageHeaders, signInPage } from './pages.ts';
import { type IdentifierUris, oidcScopes, scopesOf } from './resources.ts';

export interface SignIn {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** What the page's buttons send. */
  readonly choice: URLSearchParams;
  readonly tenant: DirectoryTenant;
  readonly provider: Provider;
  readonly identifierUris: IdentifierUris;
}

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** Shows the users, or signs in the one who was chosen or named by `login_hint`. */
export async function serveSignIn(signIn: SignIn): Promise<void> {
  const interaction = await findInteraction(signIn);
  if (interaction === undefined) {
    return answerExpired(signIn.response);
  }
  if (signIn.choice.has('cancel')) {
    return await cancel(signIn);
  }
  const name = signIn.choice.get('user') ?? interaction.params.login_hint;
  const user = typeof name === 'string' ? findUser(signIn.tenant, name) : undefined;
  if (user !== undefined) {
    return await finish(signIn, interaction, user);
  }
  const problem = name === undefined ? undefined : `There is no user "${name}" in this directory.`;
  const client = await signIn.provider.Client.find(String(interaction.params.client_id));
  signIn.response
    .writeHead(200, pageHeaders)
    .end(signInPage(signIn.tenant, client?.clientName ?? 'An application', problem));
}

async function findInteraction({ provider, request, response }: SignIn): Promise<Interaction | undefined> {
  try {
    return await provider.interactionDetails(request, response);
  } catch (error) {
    if (error instanceof errors.SessionNotFound) {
      return undefined;
    }
    throw error;
  }
}

function answerExpired(response: ServerResponse): void {
  response
    .writeHead(400, pageHeaders)
    .end(
      errorPage('invalid_request', 'This sign-in has expired, or belongs to another browser; start again.'),
    );
}

async function cancel({ provider, request, response }: SignIn): Promise<void> {
  await provider.interactionFinished(request, response, {
    error: 'access_denied',
    error_description: 'The user cancelled the sign-in.',
  });
}

/** Consent is taken as given by an administrator, for the API's scopes and OpenID Connect's. */
async function finish(signIn: SignIn, interaction: Interaction, user: DirectoryUser): Promise<void> {
  const { provider, request, response, identifierUris } = signIn;
  const grant = new provider.Grant({ accountId: user.oid, clientId: String(interaction.params.client_id) });
  grant.addOIDCScope(oidcScopes.join(' '));
  for (const uri of identifierUris.all()) {
    grant.addResourceScope(uri, scopesOf(uri).join(' '));
  }
  const grantId = await grant.save();
  await provider.interactionFinished(request, response, {
    login: { accountId: user.oid, remember: false },
    consent: { grantId },
    select_account: {},
  });
}
