import { expect, it } from 'vitest';
import { examine } from '#doctor/checks/index';
import type { Evidence } from '#doctor/evidence';
import type { RegisteredTenant } from '#gateway/registry';
import { claims, clientId, goodEvidence, goodServer, url } from './evidence.ts';
import { atEdge, enterprise, judged, own, proxy, vouchedFor } from './sign-in-deployments.ts';
import { live, settings } from './spoils.ts';

it.each([
  [{ SIGN_IN: 'remote' }, /SIGN_IN is remote/],
  [{ SIGN_IN: 'verifier' }, /clients bring a token/],
  [proxy, /the-registration must have .* https:\/\/mcp\.example\/contoso-mcp\/oauth\/callback/],
  [own, /people are invited .* passkeys are for mcp\.example alone/],
])('the way in is told with what it needs (%j)', (changes, sentence) => {
  const finding = judged('backend.sign-in', changes);
  expect(finding).toMatchObject({ status: 'pass' });
  expect(JSON.stringify(finding)).toMatch(sentence);
});

it.each([
  [{ SIGN_IN: 'verifier' }, /no metadata/],
  [own, /no app registration to agree with: the service signs tokens for https:\/\/mcp\.example/],
  [proxy, /api:\/\/11111111-2222-4333-8444-555555555555\/mcp\.access/],
])('the metadata is judged by the way in (%j)', (changes, sentence) => {
  const finding = judged('backend.metadata', changes);
  expect(finding).toMatchObject({ status: 'pass' });
  expect(JSON.stringify(finding)).toMatch(sentence);
});

it('who vouches for people is told, with the programs that it does so to', () => {
  expect(judged('backend.sign-in', enterprise)).toMatchObject({
    status: 'pass',
    reason: expect.stringContaining('https://acme.okta.example vouches, to an-assistant.'),
  });
});

it('tokens are known by who signs them', () => {
  expect(judged('backend.verification', own)).toMatchObject({
    status: 'pass',
    reason: expect.stringMatching(/itself count/),
  });
});

it.each<[string, Record<string, string>, string, 'pass' | 'fail']>([
  ['own', own, url, 'pass'],
  ['own', own, clientId, 'fail'],
  ['enterprise', enterprise, url, 'pass'],
  ['enterprise', enterprise, clientId, 'pass'],
  ['proxy', proxy, url, 'fail'],
])('a token of %s is for an address where the service signs it (%#)', (_way, changes, aud, status) => {
  const evidence = live('claims', { ...claims, aud })(settings(changes)(goodEvidence()));
  const found = examine(evidence).find(({ id }) => id === 'backend.token-audience');
  expect(found).toMatchObject({ status });
});

it('without discovery a call without a token is refused, and told nothing', () => {
  const refused = live('withoutToken', { status: 401, challenge: 'Bearer' });
  const found = (way: string) =>
    examine(refused(settings({ SIGN_IN: way })(goodEvidence()))).find(({ id }) => id === 'edge.challenge');
  expect(found('verifier')).toMatchObject({ status: 'pass' });
  expect(found('remote')).toMatchObject({ status: 'fail' });
});

it('without discovery there is nothing to publish', () => {
  const evidence = settings({ SIGN_IN: 'verifier' })(goodEvidence());
  const metadata = { problem: 'It was answered with 404 and no metadata' };
  const found = (live: Evidence['live']) =>
    examine({ ...evidence, live }).find(({ id }) => id === 'backend.metadata-live');
  expect(found({ ...evidence.live, metadata })).toMatchObject({ status: 'pass' });
  const gone = { problem: 'fetch failed' };
  expect(found({ ...evidence.live, metadata, withoutToken: gone })).toMatchObject({ status: 'fail' });
});

it.each<[string, Record<string, string>, Partial<RegisteredTenant>, RegExp | undefined]>([
  ['accounts, and a gateway for a proxy', own, { signIn: 'proxy' }, /SIGN_IN is own, .* written for proxy/],
  ['a proxy, and a gateway for accounts', proxy, { signIn: 'own' }, /SIGN_IN is proxy, .* written for own/],
  ['accounts at both', own, { signIn: 'own' }, undefined],
  ['no discovery at either', { SIGN_IN: 'verifier' }, { signIn: 'remote' }, undefined],
  [
    'assertions that the gateway does not know',
    enterprise,
    { signIn: 'proxy' },
    /vouches for people of contoso/,
  ],
  ['assertions at both', enterprise, { signIn: 'proxy', enterprise: vouchedFor }, undefined],
])('gateway and service agree, or it is told: %s', (_what, changes, spoil, words) => {
  expect(atEdge(changes, spoil)).toMatchObject(
    words === undefined ? { status: 'pass' } : { status: 'fail', reason: expect.stringMatching(words) },
  );
});

it.each([
  [false, 'fail', /does not say that identity assertions are taken/],
  [true, 'pass', /or an identity assertion/],
] as const)('assertions are said to be taken: %s', (takesAssertions, status, words) => {
  const server = { ...goodServer, takesAssertions };
  const evidence = live('serverMetadata', server)(settings(enterprise)(goodEvidence()));
  const found = examine(evidence).find(({ id }) => id === 'backend.sign-in-live');
  expect(found).toMatchObject({ status, reason: expect.stringMatching(words) });
});
