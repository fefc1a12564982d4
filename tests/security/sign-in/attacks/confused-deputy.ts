import assert from 'node:assert/strict';
import type { Attack } from '../attack.ts';
import { asked, decide, linkOf } from '../consent.ts';
import { assertPage, cookieHeader, newBrowser, post } from '../requests.ts';

import { consentPages } from './consent-pages.ts';

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
  ...consentPages,
];
