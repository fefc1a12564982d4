import assert from 'node:assert/strict';
import { consoleTemplates } from '#gateway/console';
import { limits } from '../tight-limits.ts';
import { type EdgeUnderTest, frameHost } from '../world.ts';
import { assertForwarded, assertRefused } from './assertions.ts';
import { type Case, paths, type Sent, sendTo, userToken } from './case.ts';
import { everything } from './sign-in-documents.ts';
import { anyPage, served } from './sign-in-requests.ts';

const nothing = 'There is nothing at this address, or not with this method.';
const at = ({ origin }: EdgeUnderTest) => ({ origin: origin.replace('127.0.0.1', frameHost) });

/** All that there is for a tenant at the gateway's own name, but the page around cards. */
async function all(
  tenant: (typeof served)[number],
  edge: EdgeUnderTest,
  token: string,
): Promise<readonly [address: string, sent: Sent][]> {
  const { route } = tenant;
  const get: Sent = { method: 'GET', headers: { origin: anyPage } };
  const wellKnown = '/.well-known/oauth-protected-resource';
  return [
    ['/', get],
    ...paths.flatMap((path): [string, Sent][] => [
      // not even that its origin is the wrong one
      [
        `/${route}${path}`,
        { method: 'POST', headers: { origin: anyPage, authorization: `Bearer ${token}` }, body: '{}' },
      ],
      [`${wellKnown}/${route}${path}`, get],
      [`/${route}${path}${wellKnown}`, get],
    ]),
    ...consoleTemplates
      .filter((template) => template !== '/card')
      .map((template): [string, Sent] => [`/${route}/console${template === '/' ? '' : template}`, get]),
    ...everything(tenant, edge),
  ];
}

export const frameHostCases: readonly Case[] = served.map((tenant) => ({
  name: `at the host name of cards' frames there is nothing of ${tenant.slug} but their page, which is nowhere else`,
  variant: 'frame host',
  async run(edge, surroundings) {
    const card = `/${tenant.route}/console/card`;
    const asked: Sent = { method: 'GET' };
    for (let calls = 0; calls < limits.user; calls += 1) {
      assertForwarded(await sendTo(at(edge), surroundings, card, asked), tenant.slug);
    }
    assert.equal((await sendTo(at(edge), surroundings, card, asked)).status, 429);
    const token = await userToken(surroundings.authority, tenant.slug, 'query');
    // and nobody's calls are used up there
    for (const [address, sent] of await all(tenant, edge, token)) {
      assertRefused(await sendTo(at(edge), surroundings, address, sent), 404, 'Not Found', nothing);
    }
    assertRefused(await sendTo(edge, surroundings, card, asked), 404, 'Not Found', nothing);
  },
}));
