import { UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openDownstream } from '#platform/downstream/open';
import type { DownstreamOptions } from '#platform/downstream/options';
import { SignInAgain } from '#platform/identity/challenges';
import { whilePresented } from '#platform/identity/presented';
import type { Principal } from '#platform/identity/principal';
import { tenantId } from '#platform/identity/tenant';
import { toolAnswer } from '#platform/mcp/tool-answer';
import { type HttpServer, serveHttp } from '../../support/serve-http.ts';

const tid = 'c0000000-0000-4000-8000-000000000001';
const principal = { tenant: tenantId('contoso'), user: `${tid}:ada`, actor: 'person' } as Principal;

let server: HttpServer;
let origin = '';
const asked: { readonly path: string; readonly form: URLSearchParams }[] = [];
let answer: () => Response = () => Response.json({ access_token: `t${asked.length}`, expires_in: 600 });
const granting = answer;

beforeAll(async () => {
  server = await serveHttp(async (request) => {
    asked.push({ path: new URL(request.url).pathname, form: new URLSearchParams(await request.text()) });
    return answer();
  });
  origin = `http://127.0.0.1:${server.port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  asked.length = 0;
  answer = granting;
});

const start = Date.parse('2026-03-15T12:00:00.000Z');
let time = start;

function tokenAt(iss: string, issuedAt = start - 60_000): string {
  return new UnsecuredJWT({ iss, iat: issuedAt / 1_000 }).encode();
}
const ofDirectory = (issuedAt?: number) => tokenAt(`${origin}/${tid}/v2.0`, issuedAt);

async function opened(
  tenant: Partial<DownstreamOptions['tenants'][number]> = {},
  secrets: readonly [string, ...string[]] = ['local'],
) {
  time = start;
  const options: DownstreamOptions = {
    clientId: 'the-api',
    proof: { secrets },
    authority: origin,
    identifier: 'api://the-api',
    tenants: [{ slug: principal.tenant, tenantIds: [tid], ...tenant }],
  };
  const of = await openDownstream(options, () => new Date(time));
  return (token: string, scope = 'api://other/Read', who = principal) =>
    whilePresented({ token, resourceMetadata: undefined }, () => of(who)(scope));
}

it('a token of the directory is exchanged on behalf of its user, and kept by tenant, user and scope', async () => {
  const tokenFor = await opened();
  expect(await tokenFor(ofDirectory())).toBe('t1');
  expect(await tokenFor(ofDirectory())).toBe('t1');
  expect(asked.map(({ path }) => path)).toEqual([`/${tid}/oauth2/v2.0/token`]);
  expect(Object.fromEntries(asked[0]?.form ?? [])).toEqual({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    client_id: 'the-api',
    client_secret: 'local',
    assertion: ofDirectory(),
    scope: 'api://other/Read',
    requested_token_use: 'on_behalf_of',
  });
  expect(await tokenFor(ofDirectory(), 'api://other/Write')).toBe('t2');
  expect(await tokenFor(ofDirectory(), 'api://other/Read', { ...principal, user: `${tid}:ben` })).toBe('t3');
  expect(await tokenFor(ofDirectory(), 'api://other/Read', { ...principal, tenant: tenantId('unit') })).toBe(
    't4',
  );
});

it('calls at the same time ask once', async () => {
  const tokenFor = await opened();
  expect(await Promise.all([tokenFor(ofDirectory()), tokenFor(ofDirectory())])).toEqual(['t1', 't1']);
});

it('a token is asked for anew shortly before it expires, and when its user has signed in again', async () => {
  const tokenFor = await opened();
  await tokenFor(ofDirectory());
  time += 479_000;
  expect(await tokenFor(ofDirectory())).toBe('t1');
  time += 1_000;
  expect(await tokenFor(ofDirectory())).toBe('t2');
  expect(await tokenFor(ofDirectory(time + 1_000))).toBe('t3');
});

it('where one secret is refused the next one is shown, and the last refusal counts', async () => {
  answer = () =>
    asked.at(-1)?.form.get('client_secret') === 'old'
      ? granting()
      : Response.json({ error: 'invalid_client' }, { status: 401 });
  const tokenFor = await opened({}, ['new', 'old']);
  expect(await tokenFor(ofDirectory())).toBe('t2');
  expect(asked.map(({ form }) => form.get('client_secret'))).toEqual(['new', 'old']);
  const refused = await opened({}, ['new', 'newer']);
  await expect(refused(ofDirectory())).rejects.toThrow(/does not let this service act/);
});

it('a failure is not kept', async () => {
  const tokenFor = await opened();
  answer = () => Response.json({ error: 'temporarily_unavailable' }, { status: 503 });
  await expect(tokenFor(ofDirectory())).rejects.toThrow(/busy; try again/);
  answer = granting;
  expect(await tokenFor(ofDirectory())).toBe('t2');
});

it('a token of this service’s own is no assertion, unless the tenant has an exchange', async () => {
  const own = tokenAt('https://mcp.example.com/contoso');
  await expect((await opened())(own)).rejects.toThrow(/signed in at this service itself/);
  expect(asked).toEqual([]);
  const exchange = { tokenEndpoint: `${origin}/exchange`, clientId: 'here' };
  expect(await (await opened({ exchange }))(own)).toBe('t1');
  expect(asked[0]?.path).toBe('/exchange');
  expect(Object.fromEntries(asked[0]?.form ?? [])).toMatchObject({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: own,
    client_id: 'here',
  });
});

it.each(['application', 'agent'] as const)('there is no user behind %s', async (actor) => {
  await expect((await opened())(ofDirectory(), 'x', { ...principal, actor })).rejects.toThrow(/no user/);
});

it('work that goes on without its request cannot act for anybody', async () => {
  const proof = { secrets: [''] } as const;
  const options = { clientId: '', proof, authority: origin, identifier: '', tenants: [] };
  const of = await openDownstream(options, () => new Date(time));
  await expect(of(principal)('x')).rejects.toThrow(/without the request/);
});

it.each([
  ['what the provider does not allow', { error: 'unauthorized_client' }, /report it to the operator/],
  ['a sign-in that is too old', { error: 'invalid_grant' }, /sign in again/],
  ['an answer that is none', [], /does not answer as it should/],
] as const)('%s is one sentence, and nothing of the provider’s', async (_what, body, sentence) => {
  const tokenFor = await opened();
  answer = () => Response.json({ ...body, error_description: 'AADSTS: internals' }, { status: 400 });
  const error: unknown = await tokenFor(ofDirectory()).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ message: expect.stringMatching(sentence) });
  expect(String(error)).not.toContain('internals');
});

it('a result that is a stream by then has the challenge in its _meta', async () => {
  const tokenFor = await opened();
  answer = () => Response.json({ error: 'interaction_required', claims: '{"a":1}' }, { status: 400 });
  const error: unknown = await tokenFor(ofDirectory()).catch((thrown: unknown) => thrown);
  const { challenge } = error instanceof SignInAgain ? error : expect.fail('No challenge.');
  const presented = { token: 't', resourceMetadata: 'https://mcp.example.com/metadata' };
  const result = await whilePresented(presented, async () =>
    toolAnswer({ kind: 'failed', code: 'refused', sentence: challenge.description, challenge }, {}),
  );
  expect(result._meta).toEqual({
    'mcp/www_authenticate': [
      expect.stringMatching(/^Bearer error="insufficient_claims", claims="eyJhIjoxfQ==".*metadata"$/),
    ],
  });
  expect(presented).toMatchObject({ challenge });
});
