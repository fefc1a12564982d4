import assert from 'node:assert/strict';
import type { WebBrowser } from '#emulators/lib/web-browser';
import {
  type Asked,
  allow,
  authorizeAddress,
  cookieHeader,
  fieldOf,
  newBrowser,
  type Outcome,
  ownRedirect,
  post,
  register,
  signIn,
} from './requests.ts';
import { documentHost, type World } from './world.ts';

/** A browser that has the page before it which asks the person. */
export async function asked(world: World, what: Partial<Asked> = {}, browser = newBrowser(world)) {
  const client = what.client ?? (await register(world));
  const place = await browser.open(authorizeAddress(world, { ...what, client }));
  assert.match(place.page ?? '', /Let a program act for you\?/);
  return { browser, client, place, handle: fieldOf(place, 'handle'), csrf: fieldOf(place, 'csrf') };
}

type Question = Awaited<ReturnType<typeof asked>>;

export const decide = (
  world: World,
  { browser, handle, csrf }: Question,
  form: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Outcome> =>
  post(
    world,
    'consent',
    { handle, csrf, ...allow, ...form },
    { headers: { cookie: cookieHeader(browser), origin: world.origin, ...headers } },
  );

/** The address at the identity provider that an attacker gets by agreeing in a browser of their own. */
export async function linkOf(world: World): Promise<{ link: URL; browser: WebBrowser }> {
  const browser = newBrowser(world, ({ origin }) => origin === world.provider.origin);
  const { place } = await asked(world, {}, browser);
  const { url } = await browser.submit(place, allow);
  assert.equal(url.origin, world.provider.origin);
  return { link: url, browser };
}

export const remember = { ...allow, remember: 'yes' };
/** A browser whose person wants never to be asked again for this client. */
export async function remembered(world: World) {
  const client = await register(world, { redirects: [ownRedirect, 'http://127.0.0.1:7998/other'] });
  const browser = newBrowser(world);
  await signIn(world, { client }, browser, remember);
  return { client, browser };
}

/** A client whose document says so of it. */
export async function documented(world: World, name: string): Promise<string> {
  const id = `https://${documentHost}/${Math.random().toString(36).slice(2)}.json`;
  world.answerDocument = (_, response) =>
    void response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ client_id: id, client_name: name, redirect_uris: [ownRedirect] }));
  return id;
}
