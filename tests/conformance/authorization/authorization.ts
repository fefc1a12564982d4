import { WebBrowser } from '../../../emulators/lib/web-browser.ts';
import { freePort } from '../../../emulators/stack/free-port.ts';
import type { InstalledApart } from '../../../scripts/apart/install.ts';
import { tenantId } from '../../../shared/platform/identity/tenant.ts';
import { newInvitation, newPersonId } from '../../../shared/platform/sign-in/own/invitation.ts';
import { openStorage } from '../../../shared/platform/storage/connect.ts';
import { peopleStore } from '../../../shared/platform/storage/people-store.ts';
import { publishClient } from '../../security/sign-in/client-document.ts';
import { ownEnvironment } from '../../security/sign-in/own-world.ts';
import * as product from '../../security/sign-in/product.ts';
import { allow, register } from '../../security/sign-in/requests.ts';
import { routes, startSurroundings, startWorld, type World } from '../../security/sign-in/world.ts';
import { Authenticator } from '../../support/authenticator.ts';
import type { Part } from '../conformance.ts';
import { runAuthorizationSuite } from './authorization-suite.ts';

/** How the suite is known to the server, and the person it signs in. */
interface Setting {
  readonly name: string;
  readonly origin: string;
  readonly clientId: (redirectUri: string) => Promise<string>;
  readonly browser: WebBrowser;
  /** Whom the identity provider signs in without asking. */
  readonly user?: string;
}

/**
 * Runs the suite's scenarios for authorization servers against both ways in which the service is one, as two instances
 * that share storage, with every request going to the other one than the request before.
 */
export async function runAuthorization(
  installed: InstalledApart,
  dataStorage: string,
): Promise<readonly Part[]> {
  const world = await startWorld(await startSurroundings(dataStorage), product);
  try {
    const { origin } = world;
    const proxied = { origin, user: 'quinn@contoso' };
    const byProxy = [
      { name: 'a registered client', clientId: (uri: string) => register(world, { redirects: [uri] }) },
      {
        name: 'a client with a document',
        clientId: async (uri: string) => publishClient(world, 'The suite', uri),
      },
    ];
    const parts: Part[] = [];
    for (const { name, clientId } of byProxy) {
      const browser = new WebBrowser(() => false);
      parts.push(await partOf(installed, { ...proxied, name: `proxy, ${name}`, clientId, browser }));
    }
    return [...parts, await partOf(installed, await ownAccounts(world, dataStorage))];
  } finally {
    await world.stop();
  }
}

/** From here on the service has the accounts itself; on localhost, because passkeys do not work for an address. */
async function ownAccounts(world: World, dataStorage: string): Promise<Setting> {
  const origin = world.origin.replace('127.0.0.1', 'localhost');
  const env = ownEnvironment(origin);
  const instances = [await world.instance(env), await world.instance(env)] as const;
  let requests = 0;
  world.serving = (request) => instances[requests++ % 2 === 0 ? 0 : 1].answer(request);
  const id = newPersonId();
  const { link, kept } = newInvitation(`${origin}/${routes.contoso}`, id, new Date());
  const people = peopleStore(await openStorage({ dataStorage }), tenantId(world.slugs.contoso));
  await people.add({ id, name: 'Ada', roles: ['query'], invitation: kept });
  const browser = new WebBrowser(() => false, { device: new Authenticator() });
  await browser.open(link);
  const clientId = (uri: string) => register({ origin }, { redirects: [uri] });
  return { name: 'own accounts, a registered client', origin, clientId, browser };
}

async function partOf(installed: InstalledApart, setting: Setting): Promise<Part> {
  const { name, origin, clientId, browser, user } = setting;
  const port = await freePort(0);
  const issuer = `${origin}/${routes.contoso}`;
  const results = await runAuthorizationSuite({
    installed,
    issuer,
    resource: `${issuer}/mcp`,
    clientId: await clientId(`http://127.0.0.1:${port}/callback`),
    port,
    async signIn(address) {
      const asked = new URL(address);
      if (user !== undefined) {
        asked.searchParams.set('login_hint', user);
      }
      const { url, page } = await browser.submit(await browser.open(asked), allow);
      if (url.pathname !== '/callback') {
        throw new Error(`it ended at ${url.origin}${url.pathname}: ${page}`);
      }
    },
  });
  return { name: `Authorization server: ${name}`, results };
}
