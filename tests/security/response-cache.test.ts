import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, Door, Rpc } from './door.ts';
import { eras } from './door-messages.ts';
import { startTarget, type Target } from './target.ts';

const origin = 'https://care.example.com';

let target: Target;
/** Roles that see different lists. */
let tokens: readonly string[];
beforeAll(async () => {
  target = await startTarget({ env: { ALLOWED_ORIGINS: 'care.example.com' } });
  const [{ tid }] = target.tenants;
  tokens = [['query'], ['billing'], ['agent'], ['security'], []].map((roles) =>
    target.authority.mint(tid, { roles }),
  );
});
afterAll(() => target?.stop());

/** Keeps nothing yet. */
let door: Door;
beforeEach(async () => {
  door = await target.instance({});
});

const methods = ['tools/list', 'prompts/list', 'resources/templates/list'];
const constant = eras.flatMap((era) => methods.map((method) => ({ era, method })));

/** Of an instance that was asked nothing else before. */
const firstAnswer = async (rpc: Rpc) => (await target.instance({})).rpc(rpc);

describe.each([...constant, { era: eras[0], method: 'server/discover' }])('$method of $era', (rpc) => {
  it('is what the caller would have got first, whoever asked before', async () => {
    for (const token of [...tokens, ...tokens]) {
      const { status, message } = await door.rpc({ ...rpc, token });
      expect(status).toBe(200);
      expect(message).toEqual((await firstAnswer({ ...rpc, token })).message);
    }
  });

  it('has headers of its own request alone', async () => {
    const [token] = tokens;
    const ask = (headers = {}) => door.rpc({ ...rpc, token, headers });
    const answers = [await ask(), await ask({ origin }), await ask({ origin }), await ask()];
    const ids = answers.map(({ headers }) => headers.get('x-correlation-id'));
    expect(new Set(ids).size).toBe(4);
    const [first, page, secondPage, last] = answers.map(headersBesidesId);
    expect(last).toEqual(first);
    expect(secondPage).toEqual(page);
    expect(page).toEqual({ ...first, ...forThePage });
  });
});

const forThePage = {
  'access-control-allow-origin': origin,
  'access-control-expose-headers': expect.any(String),
  vary: 'Origin',
};

function headersBesidesId({ headers }: Answer): Record<string, string> {
  const { 'x-correlation-id': _id, ...others } = Object.fromEntries(headers);
  return others;
}

describe('what was answered to somebody who may', () => {
  it.each(eras)('is not answered to a token that may not (%s)', async (era) => {
    const list = { era, method: 'tools/list' };
    const [token] = tokens;
    expect((await door.rpc({ ...list, token })).status).toBe(200);
    expect((await door.rpc(list)).status).toBe(401);
    const [{ tid }] = target.tenants;
    const refused = [
      target.authority.mint(tid, { exp: 1 }),
      target.authority.mint(tid, { aud: 'another' }),
      target.authority.mint(tid, {}, { alg: 'none' }),
    ];
    for (const one of refused) {
      expect((await door.rpc({ ...list, token: one })).status).toBe(401);
    }
    expect((await door.rpc({ ...list, token: target.authority.mint(tid, { scp: 'other' }) })).status).toBe(
      403,
    );
  });

  it('is not answered to a request that contradicts itself', async () => {
    const [token] = tokens;
    const ask = async (headers = {}) => (await door.rpc({ method: 'tools/list', token, headers })).status;
    expect(await ask()).toBe(200);
    expect(await ask({ 'mcp-method': 'tools/call' })).toBe(400);
    expect(await ask({ 'mcp-protocol-version': '2025-11-25' })).toBe(400);
    expect(await ask()).toBe(200);
  });
});

describe('in a session', () => {
  /** The header of a new session. */
  async function begin(): Promise<Record<string, string>> {
    const clientInfo = { name: 'test', version: '1' };
    const params = { protocolVersion: eras[1], clientInfo, capabilities: {} };
    const { headers } = await door.rpc({ era: eras[1], method: 'initialize', params, token: tokens[0] });
    return { 'mcp-session-id': headers.get('mcp-session-id') ?? '' };
  }

  it('it is answered without the id of another one', async () => {
    const sessions = [await begin(), await begin()];
    expect(sessions[0]).not.toEqual(sessions[1]);
    for (const one of sessions) {
      const answer = await door.rpc({ era: eras[1], method: 'tools/list', token: tokens[0], headers: one });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('mcp-session-id')).toBeNull();
    }
  });

  it('it is not answered to another user, nor after the end', async () => {
    const session = await begin();
    const list = { era: eras[1], method: 'tools/list', headers: session };
    const [{ tid }, other] = target.tenants;
    expect((await door.rpc({ ...list, token: tokens[0] })).status).toBe(200);
    const strangers = [
      target.authority.mint(tid, { oid: 'd1111111-1111-4111-8111-111111111111' }),
      target.authority.mint(other.tid),
    ];
    for (const token of strangers) {
      expect((await door.rpc({ ...list, token })).status).toBe(404);
    }
    const ended = await door.send({ method: 'DELETE', token: tokens[0], headers: session });
    expect(ended.status).toBe(204);
    expect((await door.rpc({ ...list, token: tokens[0] })).status).toBe(404);
  });
});
