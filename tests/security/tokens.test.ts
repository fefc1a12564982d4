import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Claims } from '../support/authority.ts';
import { smallNow } from '../support/small-dataset.ts';
import type { Forgery } from '../support/token-signing.ts';
import type { Answer } from './door.ts';
import { eras } from './door-messages.ts';
import { startTarget, strangerTid, type Target } from './target.ts';

let target: Target;
let tid: string;
let otherTid: string;

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: smallNow });
  target = await startTarget();
  [{ tid }, { tid: otherTid }] = target.tenants;
});

afterAll(async () => {
  await target?.stop();
  vi.useRealTimers();
});

const list = (token: string | undefined, headers = {}) =>
  target.rpc({ method: 'tools/list', token, headers });
const mint = (claims?: Claims, forgery?: Forgery) => target.authority.mint(tid, claims, forgery);
const seconds = (fromNow: number) => Math.floor(smallNow.getTime() / 1000) + fromNow;

/** 401, a challenge that says so, and nothing else. */
function expectUnauthorized({ status, headers, message }: Answer): void {
  expect(status).toBe(401);
  expect(headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token", .*resource_metadata="http/);
  expect(message.result).toBeUndefined();
}

describe.each(eras)('a genuine token (%s)', (era) => {
  it.each<[string, Claims, Forgery]>([
    ['of a user, version 2', {}, {}],
    ['of a user, version 1', {}, { version: '1.0' }],
    ['signed with PS256', {}, { alg: 'PS256' }],
    ['signed with ES256', {}, { alg: 'ES256' }],
    ['of an application', { scp: undefined, idtyp: 'app' }, {}],
    ['that expired a moment ago', { exp: seconds(-59) }, {}],
    ['that is valid in a moment', { nbf: seconds(60) }, {}],
  ])('%s is accepted', async (_what, claims, forgery) => {
    const token = mint(claims, forgery);
    const { status, message } = await target.rpc({ era, method: 'tools/list', token });
    expect(status).toBe(200);
    expect(message.result?.tools?.length).toBeGreaterThan(0);
  });

  it('is asked for when there is none', async () => {
    const { status, headers } = await target.rpc({ era, method: 'tools/list' });
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toMatch(
      /^Bearer scope="[^"]+\/mcp\.access", resource_metadata="http/,
    );
  });
});

describe.each(eras)('forged signatures (%s)', (era) => {
  it.each<[string, Forgery]>([
    ['alg none', { alg: 'none' }],
    ['alg NoNe', { alg: 'NoNe' }],
    ['HS256 with the public key as the secret', { alg: 'HS256' }],
    ['HS512 with the public key as the secret', { alg: 'HS512' }],
    ['RS512, which is not on the list', { alg: 'RS512' }],
    ['RS256 in name, PS256 in truth', { alg: 'PS256', header: { alg: 'RS256' } }],
    ['the keys of another onboarded directory', { keysOf: 'other' }],
    ['keys of nobody, under a known key id', { keysOf: strangerTid, kid: 'known' }],
  ])('%s', async (_what, forgery) => {
    const token = mint({ roles: ['security'] }, named(forgery));
    expectUnauthorized(await target.rpc({ era, method: 'tools/list', token }));
  });

  it('a claim that was changed after signing', async () => {
    const [head, , signature] = mint().split('.');
    const [, claims] = mint({ roles: ['security'] }).split('.');
    expectUnauthorized(
      await target.rpc({ era, method: 'tools/list', token: `${head}.${claims}.${signature}` }),
    );
  });

  it('a signature of nothing but zeros', async () => {
    const [head, claims] = mint({}, { alg: 'ES256' }).split('.');
    const zeros = Buffer.alloc(64).toString('base64url');
    expectUnauthorized(await target.rpc({ era, method: 'tools/list', token: `${head}.${claims}.${zeros}` }));
  });
});

/** The forgery with ids that are known only when the target runs. */
function named({ keysOf, kid, ...forgery }: Forgery): Forgery {
  const head = mint().split('.')[0] ?? '';
  const known = (JSON.parse(Buffer.from(head, 'base64url').toString()) as { kid: string }).kid;
  return {
    ...forgery,
    ...(keysOf && { keysOf: keysOf === 'other' ? otherTid : keysOf }),
    ...(kid && { kid: known }),
  };
}

describe('claims that are not ours', () => {
  it.each<[string, () => Claims]>([
    ['another audience', () => ({ aud: 'c1111111-1111-4111-8111-111111111111' })],
    ['our audience with something behind it', () => ({ aud: 'c0000000-0000-4000-8000-00000000000c/x' })],
    ['no audience', () => ({ aud: undefined })],
    ['an issuer of its own', () => ({ iss: 'https://evil.example/v2.0' })],
    ['an issuer that begins like ours', () => ({ iss: `${target.authority.url}/${tid}/v2.0.evil.example` })],
    ['an issuer with another slash', () => ({ iss: `${target.authority.url}/${tid}/v2.0/` })],
    ['the issuer of every directory', () => ({ iss: `${target.authority.url}/common/v2.0` })],
    ['an issuer that is a list', () => ({ iss: [`${target.authority.url}/${tid}/v2.0`] })],
    ['no issuer', () => ({ iss: undefined })],
    ['the issuer of one directory, the tid of another', () => ({ tid: otherTid })],
    ['a tid of nobody', () => ({ tid: strangerTid })],
    ['a tid that is a list', () => ({ tid: [tid] })],
    ['no tid', () => ({ tid: undefined })],
    ['no oid', () => ({ oid: undefined })],
    ['an empty oid', () => ({ oid: '' })],
    ['expired', () => ({ exp: seconds(-61) })],
    ['not yet valid', () => ({ nbf: seconds(61) })],
    ['no end', () => ({ exp: undefined })],
    ['an end that is a text', () => ({ exp: '9999999999' })],
    ['version 1 from the issuer of version 2', () => ({ ver: '1.0' })],
    ['no version', () => ({ ver: undefined })],
    ['an ID token', () => ({ azp: undefined, scp: undefined, nonce: 'n', azpacr: undefined })],
  ])('%s', async (_what, claims) => {
    expectUnauthorized(await list(mint({ roles: ['security'], ...claims() })));
  });

  it('version 2 from the issuer of version 1', async () => {
    expectUnauthorized(await list(mint({ ver: '2.0' }, { version: '1.0' })));
  });

  it('a directory that is not onboarded, whose keys are never asked for', async () => {
    const before = target.authority.requests.length;
    expectUnauthorized(await list(target.authority.mint(strangerTid, { roles: ['security'] })));
    expect(target.authority.requests).toHaveLength(before);
  });
});

describe('genuine tokens of those who may not call', () => {
  it.each([
    ['no scope', undefined],
    ['another scope', 'User.Read'],
    ['a scope that contains ours', 'mcp.access.none xmcp.access'],
    ['our scope in capitals', 'MCP.ACCESS'],
    ['scopes as a list', ['mcp.access']],
  ])('%s is 403 with the scope to ask for', async (_what, scp) => {
    const { status, headers } = await list(mint({ scp }));
    expect(status).toBe(403);
    expect(headers.get('www-authenticate')).toMatch(/error="insufficient_scope".*scope="[^"]+\/mcp\.access"/);
  });

  it('a user who looks like an application, but says to be a user, needs the scope', async () => {
    const looks = { scp: undefined, oid: 'one-id', sub: 'one-id' };
    expect((await list(mint(looks))).status).toBe(200);
    expect((await list(mint({ ...looks, idtyp: 'user' }))).status).toBe(403);
    expect((await list(mint({ ...looks, sub: 'another-id' }))).status).toBe(403);
  });

  it('an application without roles sees no tools', async () => {
    const { message } = await list(mint({ scp: undefined, idtyp: 'app', roles: undefined }));
    expect(message.result?.tools).toEqual([]);
  });

  it('an application that is not on the list of callers, in both versions', async () => {
    const listed = 'e1111111-1111-4111-8111-111111111111';
    const strict = await target.instance({ ALLOWED_CLIENTS: listed });
    const status = async (claims: Claims, forgery: Forgery = {}) =>
      (await strict.rpc({ method: 'tools/list', token: mint(claims, forgery) })).status;
    expect(await status({})).toBe(403);
    expect(await status({ azp: `${listed}x` })).toBe(403);
    expect(await status({}, { version: '1.0' })).toBe(403);
    expect(await status({ appid: listed })).toBe(403);
    expect(await status({ azp: listed })).toBe(200);
    expect(await status({ appid: listed }, { version: '1.0' })).toBe(200);
  });

  it('a directory that is onboarded and not on the list of allowed ones', async () => {
    const narrow = await target.instance({ ALLOWED_TENANTS: tid });
    const status = async (token: string) => (await narrow.rpc({ method: 'tools/list', token })).status;
    expect(await status(mint())).toBe(200);
    expect(await status(target.authority.mint(otherTid))).toBe(401);
  });
});

describe('tokens in wrong places and shapes', () => {
  const genuine = () => mint({ roles: ['security'] });

  it.each<[string, () => string]>([
    ['two tokens with a comma', () => `Bearer ${genuine()}, Bearer ${genuine()}`],
    ['two tokens with a blank', () => `Bearer ${genuine()} ${genuine()}`],
    ['a genuine token behind a forged one', () => `Bearer x.y.z,Bearer ${genuine()}`],
    ['another scheme', () => `Basic ${genuine()}`],
    ['no scheme', () => genuine()],
    ['a scheme and nothing', () => 'Bearer '],
  ])('%s', async (_what, header) => {
    expectUnauthorized(await list(undefined, { authorization: header() }));
  });

  it.each(['access_token', 'token', 'authorization'])('?%s= in the address is ignored', async (name) => {
    const answer = await target.send({
      path: `/mcp?${name}=${genuine()}`,
      body: { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} },
    });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).not.toContain('error');
  });

  it('access_token in the body and a cookie are ignored', async () => {
    const answer = await target.rpc({
      method: 'tools/list',
      params: { access_token: genuine() },
      headers: { cookie: `access_token=${genuine()}` },
    });
    expect(answer.status).toBe(401);
  });

  const encoded = (text: string) => Buffer.from(text).toString('base64url');
  it.each<[string, () => string]>([
    ['one word', () => 'garbage'],
    ['three words', () => 'a.b.c'],
    ['dots', () => '...'],
    ['two parts', () => genuine().split('.').slice(0, 2).join('.')],
    ['no signature', () => `${genuine().split('.').slice(0, 2).join('.')}.`],
    ['five parts, as if encrypted', () => `${genuine()}.e30.e30`],
    ['claims that are null', () => `${encoded('{"alg":"RS256"}')}.${encoded('null')}.e30`],
    ['claims that are a list', () => `${encoded('{"alg":"RS256"}')}.${encoded('[]')}.e30`],
    ['a header that is null', () => `${encoded('null')}.${genuine().split('.')[1]}.e30`],
    ['over-long, by its claims', () => mint({ groups: Array(2_000).fill('g'.repeat(20)) })],
    ['over-long, by nothing at all', () => 'x'.repeat(1_000_000)],
  ])('%s', async (_what, token) => {
    expectUnauthorized(await list(token()));
  });
});
