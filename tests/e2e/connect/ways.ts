import { apiApp, proxyApp } from '../../../emulators/identity/directory.ts';
import { signIn } from '../../../emulators/identity/sign-in.ts';
import { WebBrowser } from '../../../emulators/lib/web-browser.ts';
import { newInvitation, newPersonId } from '../../../shared/platform/sign-in/own/invitation.ts';
import { peopleStore } from '../../../shared/platform/storage/people-store.ts';
import { Authenticator } from '../../support/authenticator.ts';
import { testStorage } from '../../support/azurite.ts';
import { Browser } from '../../support/browser.ts';
import { EnterpriseClient } from '../../support/enterprise-client.ts';
import type { SigningIn } from '../../support/first-call.ts';
import { NewClient, redirectUri } from '../../support/new-client.ts';
import { documentedSettings } from './documented.ts';
import { routeOf, type World, withEnterprise } from './world.ts';

/** One way in: what is set besides what the page says, and how people of Contoso with the role `query` alone come to their tokens. */
export interface Way {
  readonly besides?: (world: World) => Readonly<Record<string, string>>;
  /** Authorization servers that an address of Contoso names. */
  readonly servers: (world: World) => readonly string[];
  readonly clients: Readonly<Record<string, (world: World) => Promise<SigningIn>>>;
}

const user = 'quinn@contoso';
const ofTheProvider = ({ provider }: World) => [provider.issuerOf('contoso')];
const ofTheService = ({ origin }: World) => [`${origin}/${routeOf('contoso')}`];

/** What the page leaves to whoever sets a service up. */
const local = {
  MCP_API_AUDIENCE: apiApp.clientId,
  SIGN_IN_CLIENT_ID: proxyApp.clientId,
  SIGN_IN_CLIENT_SECRET: proxyApp.secret,
  SIGN_IN_KEYS: 'a key for sign-ins that both hosts share',
};

/** The settings that choose a way in: those of the page, and what is set besides. */
export const settingsOf = (name: string, { besides }: Way, world: World) => ({
  ...documentedSettings(name, local),
  ...besides?.(world),
});

const vouched = async ({ provider }: World) => new EnterpriseClient(provider.issuerOf('contoso'), 'quinn');

export const ways: Readonly<Record<string, Way>> = {
  verifier: {
    servers: () => [],
    clients: { 'with a token from elsewhere': withToken },
  },
  remote: {
    servers: ofTheProvider,
    clients: { 'that the identity provider knows': async () => new Browser(user) },
  },
  proxy: {
    besides: withEnterprise,
    servers: ofTheService,
    clients: {
      'that nobody knows': async () => new NewClient(user),
      'whose enterprise vouches for its people': vouched,
    },
  },
  own: {
    besides: withEnterprise,
    servers: ofTheService,
    clients: {
      'of somebody who was invited': withPasskey,
      'whose enterprise vouches for its people': vouched,
    },
  },
};

async function withToken({ provider, origin }: World): Promise<SigningIn> {
  const { accessToken } = await signIn({
    issuer: provider.issuerOf('contoso'),
    user,
    resource: `${origin}/${routeOf('contoso')}/mcp`,
  });
  const client = new Browser(user);
  client.saveTokens({ access_token: accessToken, token_type: 'Bearer' });
  return client;
}

async function withPasskey({ origin, tenants }: World): Promise<SigningIn> {
  const people = peopleStore(await testStorage(), tenants.contoso.slug);
  const id = newPersonId();
  const { link, kept } = newInvitation(`${origin}/${routeOf('contoso')}`, id, new Date());
  await people.add({ id, name: 'Quinn', roles: ['query'], invitation: kept });
  const device = new Authenticator();
  const browser = new WebBrowser((url) => url.href.startsWith(redirectUri), { device });
  await browser.open(link);
  return new NewClient('', { browser });
}
