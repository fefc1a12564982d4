import assert from 'node:assert/strict';
import type { Attack } from '../attack.ts';
import { asks, cookiesOf, overTls } from '../page-requests.ts';
import { assertProblem, newBrowser, send, signIn } from '../requests.ts';

export const pageCookies: readonly Attack[] = [
  {
    name: 'cookies that a script can read',
    async run(world) {
      const cookies = cookiesOf(await asks(world));
      assert.ok(cookies.length > 0);
      assert.ok(cookies.every((cookie) => /; HttpOnly(;|$)/.test(cookie)));
    },
  },
  {
    name: 'cookies that go over the wire as they are',
    async run(world) {
      const cookies = await overTls(world);
      assert.ok(cookies.length > 0);
      assert.ok(cookies.every((cookie) => /; Secure(;|$)/.test(cookie)));
    },
  },
  {
    name: 'cookies that a neighbouring host sets',
    async run(world) {
      const cookies = await overTls(world);
      assert.ok(cookies.length > 0);
      assert.ok(cookies.every((cookie) => /^__Host-[^;]+; Path=\/;/.test(cookie)));
      assert.ok(cookies.every((cookie) => !/; Domain=/i.test(cookie)));
    },
  },
  {
    name: 'a remembered answer that goes along with another site’s form',
    async run(world) {
      const browser = newBrowser(world);
      await signIn(world, {}, browser, { decision: 'allow', remember: 'yes' });
      assert.equal(browser.cookiesOf('127.0.0.1').get('agreed')?.sameSite, 'lax');
    },
  },
  {
    name: 'a form that is no form',
    async run(world) {
      const body = 'grant_type=authorization_code';
      const init = { method: 'POST', body, headers: { 'content-type': 'text/plain' } };
      const outcome = await send(world, '/contoso-mcp/oauth/token', init);
      assertProblem(outcome, 415, 'invalid_request', /Send a form/);
    },
  },
];
