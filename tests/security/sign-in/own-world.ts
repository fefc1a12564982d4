import assert from 'node:assert/strict';
import type { Invitation } from '#platform/sign-in/own/invitation';
import type { PeopleStore } from '#platform/storage/people-store';
import { type Place, WebBrowser } from '../../../emulators/lib/web-browser.ts';
import { tenantId } from '../../../shared/platform/identity/tenant.ts';
import { Authenticator } from '../../support/authenticator.ts';
import { allow, authorizeAddress, register } from './requests.ts';
import { type Instance, routes, type TenantName, type World } from './world.ts';

/** The service under attack where it has the accounts itself: the same world, without its identity provider. */
export interface OwnWorld extends Pick<World, 'provider'> {
  readonly world: World;
  /** On localhost: passkeys are for host names. */
  readonly origin: string;
  people(tenant?: TenantName): Promise<PeopleStore>;
}

/** Settings of an instance that has the accounts itself. */
export const ownEnvironment = (origin: string): Record<string, string> => ({
  SIGN_IN: 'own',
  SIGN_IN_CLIENT_ID: '',
  SIGN_IN_CLIENT_SECRET: '',
  MCP_API_AUDIENCE: '',
  PUBLIC_BASE_URL: origin,
});

const originOf = ({ origin }: World) => origin.replace('127.0.0.1', 'localhost');

/** Two of them for each world, which everything that is tried there shares. */
const started = new WeakMap<World['slugs'], Promise<readonly [Instance, Instance]>>();

function instancesOf(world: World): Promise<readonly [Instance, Instance]> {
  const start = async () => {
    const env = ownEnvironment(originOf(world));
    return [await world.instance(env), await world.instance(env)] as const;
  };
  const running = started.get(world.slugs) ?? start();
  started.set(world.slugs, running);
  return running;
}

/** Something that happens while two such instances answer at the world's address, in turns. */
export function onOwn(run: (own: OwnWorld) => Promise<void>): (world: World) => Promise<void> {
  return async (world) => {
    const instances = await instancesOf(world);
    const before = world.serving;
    let requests = 0;
    world.serving = (request) => instances[requests++ % 2 === 0 ? 0 : 1].answer(request);
    const { openStorage, peopleStore } = world.product;
    const { dataStorage, provider, slugs } = world;
    const people = async (tenant: TenantName = 'contoso') =>
      peopleStore(await openStorage({ dataStorage }), tenantId(slugs[tenant]));
    try {
      await run({ world, origin: originOf(world), provider, people });
    } finally {
      world.serving = before;
    }
  };
}

/** Somebody with an invitation that was not used yet, a device without passkeys, and a browser. */
export interface Invited extends Invitation {
  readonly id: string;
  readonly device: Authenticator;
  readonly browser: WebBrowser;
}

export async function invite(own: OwnWorld, roles: readonly string[] = ['query']): Promise<Invited> {
  const { newInvitation, newPersonId } = own.world.product;
  const id = newPersonId();
  const now = new Date(Date.now() + own.world.ahead * 1_000);
  const invitation = newInvitation(`${own.origin}/${routes.contoso}`, id, now);
  await (await own.people()).add({ id, name: 'Ada', roles, invitation: invitation.kept });
  const device = new Authenticator();
  const browser = new WebBrowser((url) => url.origin !== own.origin, { device });
  return { ...invitation, id, device, browser };
}

/** Somebody who has made their passkey. */
export async function member(own: OwnWorld, roles?: readonly string[]): Promise<Invited> {
  const invited = await invite(own, roles);
  const { page } = await invited.browser.open(invited.link);
  assert.match(page ?? '', /You can sign in now/);
  return invited;
}

/** Where somebody gets who agrees, and uses what they have for a passkey. */
export async function usePasskey(
  own: OwnWorld,
  { browser }: Pick<Invited, 'browser'>,
  tenant: TenantName = 'contoso',
): Promise<Place> {
  const client = await register(own, { tenant });
  return await browser.submit(await browser.open(authorizeAddress(own, { tenant, client })), allow);
}
