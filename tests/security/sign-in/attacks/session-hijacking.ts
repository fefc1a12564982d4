import assert from 'node:assert/strict';
import type { Attack } from '../attack.ts';
import { assertPage, post, underWay } from '../requests.ts';

import { refreshTokens } from './refresh-tokens.ts';

const forgotten = /expired, or was begun in another browser/;

export const sessionHijacking: readonly Attack[] = [
  {
    name: 'an answer of the identity provider that comes again',
    async run(world) {
      const { form, headers } = await underWay(world);
      const first = await post(world, 'callback', form, { headers });
      assert.equal(first.status, 303, first.text);
      assertPage(await post(world, 'callback', form, { headers }), 400, /This answer belongs to no sign-in/);
    },
  },
  {
    name: 'an answer with another state',
    async run(world) {
      const { form, headers } = await underWay(world);
      const outcome = await post(world, 'callback', { ...form, state: `${form.state}x` }, { headers });
      assertPage(outcome, 400, forgotten);
    },
  },
  {
    name: 'a second cookie of the same name, put there by a neighbour',
    async run(world) {
      const { form, headers } = await underWay(world);
      const cookie = `${headers.cookie.split('=')[0]}=from-a-neighbour; ${headers.cookie}`;
      assertPage(await post(world, 'callback', form, { headers: { cookie } }), 400, forgotten);
    },
  },
  {
    name: 'the sign-in of one organisation at the address of another',
    async run(world) {
      const { form, headers } = await underWay(world);
      assertPage(await post(world, 'callback', form, { tenant: 'fabrikam', headers }), 400, forgotten);
    },
  },
  {
    name: 'a sign-in that was left for ten minutes',
    async run(world) {
      const { form, headers } = await underWay(world);
      world.ahead = 601;
      assertPage(await post(world, 'callback', form, { headers }), 400, forgotten);
    },
  },
  ...refreshTokens,
];
