import assert from 'node:assert/strict';
import type { WebBrowser } from '../../../../emulators/lib/web-browser.ts';
import type { Attack } from '../attack.ts';
import {
  type Asked,
  allow,
  assertPage,
  authorizeAddress,
  cookieHeader,
  fieldOf,
  newBrowser,
  type Outcome,
  ownRedirect,
  post,
  register,
  signIn,
} from '../requests.ts';
import { documentHost, type World } from '../world.ts';

/** A browser that has the page before it which asks the person. */
async function asked(world: World, what: Partial<Asked> = {}, browser = newBrowser(world)) {
  const client = what.client ?? (await register(world));
  const place = await browser.open(authorizeAddress(world, { ...what, client }));
  assert.match(place.page ?? '', /Let a program act for you\?/);
  return { browser, client, place, handle: fieldOf(place, 'handle'), csrf: fieldOf(place, 'csrf') };
}

type Question = Awaited<ReturnType<typeof asked>>;

const decide = (
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
async function linkOf(world: World): Promise<{ link: URL; browser: WebBrowser }> {
  const browser = newBrowser(world, ({ origin }) => origin === world.provider.origin);
  const { place } = await asked(world, {}, browser);
  const { url } = await browser.submit(place, allow);
  assert.equal(url.origin, world.provider.origin);
  return { link: url, browser };
}

const remember = { ...allow, remember: 'yes' };
/** A browser whose person wants never to be asked again for this client. */
async function remembered(world: World) {
  const client = await register(world, { redirects: [ownRedirect, 'http://127.0.0.1:7998/other'] });
  const browser = newBrowser(world);
  await signIn(world, { client }, browser, remember);
  return { client, browser };
}

/** A client whose document says so of it. */
async function documented(world: World, name: string): Promise<string> {
  const id = `https://${documentHost}/${Math.random().toString(36).slice(2)}.json`;
  world.answerDocument = (_, response) =>
    void response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ client_id: id, client_name: name, redirect_uris: [ownRedirect] }));
  return id;
}

export const confusedDeputy: readonly Attack[] = [
  {
    name: 'a link to the identity provider, after consent in the attacker’s browser, opened in another person’s',
    async run(world) {
      const { link } = await linkOf(world);
      const victim = newBrowser(world);
      assertPage(await victim.open(link), 400, /expired, or was begun in another browser/);
    },
  },
  {
    name: 'the attacker’s sign-in under the name of the other person’s',
    async run(world) {
      const attacker = await asked(world);
      const victim = await asked(world);
      const cookie = cookieHeader(attacker.browser).replace(attacker.handle, victim.handle);
      const form = { state: victim.handle, code: 'a code of the identity provider' };
      const outcome = await post(world, 'callback', form, { headers: { cookie } });
      assertPage(outcome, 400, /expired, or was begun in another browser/);
    },
  },
  {
    name: 'an answer of the identity provider to a sign-in that nobody agreed to',
    async run(world) {
      const { browser, handle } = await asked(world);
      const form = { state: handle, code: 'a code of the identity provider' };
      const outcome = await post(world, 'callback', form, { headers: { cookie: cookieHeader(browser) } });
      assertPage(outcome, 400, /This answer belongs to no sign-in/);
    },
  },
  {
    name: 'consent that another site’s page sends',
    async run(world) {
      const question = await asked(world);
      const headers = { origin: 'https://evil.example' };
      assertPage(await decide(world, question, {}, headers), 403, /does not come from the page that asked/);
    },
  },
  {
    name: 'consent that a page of a neighbouring host sends',
    async run(world) {
      const question = await asked(world);
      const headers = { 'sec-fetch-site': 'same-site' };
      assertPage(await decide(world, question, {}, headers), 403, /does not come from the page that asked/);
    },
  },
  {
    name: 'consent without what the page itself says',
    async run(world) {
      const question = await asked(world);
      const outcome = await decide(world, question, { csrf: 'AAAAAAAAAAAAAAAAAAAAAA' });
      assertPage(outcome, 403, /does not come from the page that asked/);
    },
  },
  {
    name: 'consent with a button that does not say yes',
    async run(world) {
      const outcome = await decide(world, await asked(world), { decision: 'perhaps' });
      assert.equal(outcome.status, 200);
      assert.match(outcome.text, /Nothing was allowed/);
      assert.match(outcome.text, /error=access_denied/);
      assert.doesNotMatch(outcome.text, new RegExp(world.provider.origin));
    },
  },
  {
    name: 'another program in a browser where one is remembered',
    async run(world) {
      const { browser } = await remembered(world);
      await asked(world, { client: await register(world, { name: 'Another program' }) }, browser);
    },
  },
  {
    name: 'a remembered program that wants the answer elsewhere',
    async run(world) {
      const { client, browser } = await remembered(world);
      const parameters = { redirect_uri: 'http://127.0.0.1:7998/other' };
      await asked(world, { client, parameters }, browser);
    },
  },
  {
    name: 'a remembered program at another organisation',
    async run(world) {
      const client = await documented(world, 'A program');
      const browser = newBrowser(world);
      await signIn(world, { client }, browser, remember);
      await asked(world, { client, tenant: 'fabrikam' }, browser);
    },
  },
  {
    name: 'a remembered program whose client wants the person to be asked',
    async run(world) {
      const { client, browser } = await remembered(world);
      await asked(world, { client, parameters: { prompt: 'consent' } }, browser);
    },
  },
  {
    name: 'a program that wants nobody to be asked',
    async run(world) {
      const client = await register(world);
      const { url, page } = await newBrowser(world).open(
        authorizeAddress(world, { client, parameters: { prompt: 'none' } }),
      );
      assert.equal(page, undefined);
      assert.equal(url.searchParams.get('error'), 'interaction_required');
    },
  },
  {
    name: 'a program that calls itself by the product’s own name',
    async run(world) {
      const { place } = await asked(world, { client: await register(world, { name: 'Contoso' }) });
      assert.match(place.page ?? '', /It calls itself “<bdi>Contoso<\/bdi>”; nobody has checked that/);
    },
  },
  {
    name: 'a document that gives a program the name of a known one',
    async run(world) {
      const { place } = await asked(world, { client: await documented(world, 'Claude') });
      assert.match(
        place.page ?? '',
        /<bdi>Claude<\/bdi>, by its own account; it is vouched for by <strong>client\.example<\/strong>/,
      );
    },
  },
  {
    name: 'a name with marks that turn the direction of writing',
    async run(world) {
      const name = 'Claude\u202e)elpmaxe.live(\u2066\u200b';
      const { place } = await asked(world, { client: await register(world, { name }) });
      assert.match(place.page ?? '', /Claude\\u202e/);
      assert.doesNotMatch(place.page ?? '', /[\u202e\u2066\u200b]/);
    },
  },
  {
    name: 'a name as long as a page',
    async run(world) {
      const name = 'Allow this. '.repeat(12);
      const { place } = await asked(world, { client: await register(world, { name }) });
      const shown = /“<bdi>([^<]*)<\/bdi>”/.exec(place.page ?? '')?.[1] ?? name;
      assert.ok(shown.length <= 60, shown);
    },
  },
  {
    name: 'a program on the person’s machine that looks like any other',
    async run(world) {
      const { place } = await asked(world);
      assert.match(place.page ?? '', /Any program on this computer may be behind that address/);
      assert.match(place.page ?? '', /A program on this computer \(127\.0\.0\.1:7998\)/);
    },
  },
  {
    name: 'more sign-ins at once than a browser can carry',
    async run(world) {
      const browser = newBrowser(world);
      const client = await register(world);
      for (let count = 0; count < 5; count += 1) {
        await asked(world, { client }, browser);
      }
      assert.ok(cookieHeader(browser).split('; ').length <= 3, 'at most three are kept');
    },
  },
];
