import assert from 'node:assert/strict';
import type { Attack } from '../attack.ts';
import { askToRegister, assertProblem, authorizeAddress, register } from '../requests.ts';
import { routes, toNewMinute } from '../world.ts';

export const flood: readonly Attack[] = [
  {
    name: 'more registrations in a minute than clients that there are',
    async run(world) {
      toNewMinute(world, 2);
      let last = await askToRegister(world);
      for (let count = 0; count < 245 && last.status === 201; count += 1) {
        last = await askToRegister(world);
      }
      assertProblem(last, 429, 'temporarily_unavailable', /Too many clients register at once/);
    },
  },
  {
    name: 'a registration where programs may not register themselves',
    async run(world) {
      const { answer } = await world.instance({ SIGN_IN_REGISTRATION: 'false' });
      const headers = { host: new URL(world.origin).host, 'content-type': 'application/json' };
      const body = '{"redirect_uris":["http://127.0.0.1/callback"]}';
      const address = `${world.origin}/${routes.contoso}/oauth/register`;
      const response = await answer(new Request(address, { method: 'POST', headers, body }));
      assert.equal(response.status, 404);
    },
  },
  {
    name: 'an id that a program got before programs could not register themselves any more',
    async run(world) {
      const { answer } = await world.instance({ SIGN_IN_REGISTRATION: 'false' });
      const address = authorizeAddress(world, { client: await register(world) });
      const response = await answer(new Request(address, { headers: { host: new URL(world.origin).host } }));
      assert.equal(response.status, 400);
      assert.match(await response.text(), /This client_id is not known here/);
    },
  },
];
