import assert from 'node:assert/strict';
import type { Attack } from '../attack.ts';
import { asked, documented, remember, remembered } from '../consent.ts';
import { authorizeAddress, cookieHeader, newBrowser, register, signIn } from '../requests.ts';

export const consentPages: readonly Attack[] = [
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
