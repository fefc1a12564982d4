import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { businessTools } from '#contoso/tools/index';
import { readPins } from '#scripts/pins/files';
import { type Door, doorAt } from './door.ts';
import { eras } from './door-messages.ts';
import { startTarget, type Target } from './target.ts';

let target: Target;

beforeAll(async () => {
  target = await startTarget();
});

afterAll(() => target?.stop());

const withRoles = (roles: unknown) => target.authority.mint(target.tenants[0].tid, { roles });

async function toolsOf(roles: unknown, era = eras[0] as (typeof eras)[number], door: Door = target) {
  const { status, message } = await door.rpc({ era, method: 'tools/list', token: withRoles(roles) });
  expect(status).toBe(200);
  return message.result?.tools ?? [];
}

const namesOf = async (...args: Parameters<typeof toolsOf>) =>
  (await toolsOf(...args)).map(({ name }) => name);

const wellHidden = ['get_security_logs', 'unlock_account'];

describe('role claims that grant nothing', () => {
  it.each<[string, unknown]>([
    ['no claim', undefined],
    ['an empty list', []],
    ['a text', 'security'],
    ['texts in one text', 'query,security'],
    ['an object', { 0: 'security', length: 1 }],
    ['a list in a list', [['security']]],
    ['a map in a list', [{ value: 'security' }]],
    ['true', true],
    ['numbers', [0, 1, 2]],
    ['another case', ['Security', 'SECURITY', 'Query']],
    ['blanks around', [' security', 'security ']],
    ['a part of a name', ['secur', 'security2']],
    ['a look-alike letter', ['s\u0435curity']],
    ['a text with an end in it', ['security\u0000']],
    ['names that every object has', ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length']],
    ['permissions instead of roles', ['security.write', 'customers.read']],
    ['a star', ['*', 'admin', 'root']],
  ])('%s', async (_what, claim) => {
    for (const era of eras) {
      expect(await toolsOf(claim, era)).toEqual([]);
      const { status } = await target.callTool(withRoles(claim), 'get_products', {}, { era });
      expect(status).toBe(403);
    }
  });

  it('other claims that look like roles', async () => {
    const token = target.authority.mint(target.tenants[0].tid, {
      roles: undefined,
      role: ['security'],
      groups: ['security'],
      wids: ['security'],
      scp: 'mcp.access security security.write',
    });
    const { message } = await target.rpc({ method: 'tools/list', token });
    expect(message.result?.tools).toEqual([]);
  });
});

describe('role claims that are too large', () => {
  it('10,000 entries are refused unread', async () => {
    const claim = ['query', ...Array.from({ length: 10_000 }, (_, index) => `role-${index}`)];
    const { status } = await target.rpc({ method: 'tools/list', token: withRoles(claim) });
    expect(status).toBe(401);
  });

  it('1,500 entries, which fit, grant what stands in front and no more', async () => {
    const claim = ['query', ...Array(1_500).fill('x'), 'security'];
    expect(await namesOf(claim)).toEqual(await namesOf(['query']));
  });
});

describe.each(eras)('what a role does not allow (%s)', (era) => {
  it('nothing is allowed without a role: every tool is 403 and names the permission', async () => {
    for (const { name, permission } of businessTools) {
      const { status, headers, message } = await target.callTool(withRoles([]), name, {}, { era });
      expect(status).toBe(403);
      expect(headers.has('www-authenticate')).toBe(false);
      expect(message.error?.message).toContain(`needs the permission ${permission}; ask your administrator`);
      expect(message.result).toBeUndefined();
    }
  });

  it.each(['query', 'billing', 'agent', 'security'])(
    '%s may call what it is shown, and only that',
    async (role) => {
      const shown = await namesOf([role], era);
      for (const { name } of businessTools) {
        // Unknown arguments: an allowed call gets as far as the check of its input and changes nothing.
        const { status } = await target.callTool(withRoles([role]), name, { no_such_field: 1 }, { era });
        expect([name, status]).toEqual([name, shown.includes(name) ? 200 : 403]);
      }
    },
  );

  it('an unknown tool is the same error for everybody', async () => {
    const ask = async (roles: string[]) =>
      (await target.callTool(withRoles(roles), 'drop_tables', {}, { era })).message.error;
    expect(await ask([])).toEqual(await ask(['security']));
  });
});

describe('names that an administrator chose', () => {
  it('replace the names they stand for', async () => {
    const renamed = await target.instance({ SECURITY_ROLE: 'Contoso.SecOps', QUERY_ROLE: 'Contoso.Readers' });
    expect(await namesOf(['security'], eras[0], renamed)).toEqual([]);
    expect(await namesOf(['query'], eras[0], renamed)).toEqual([]);
    expect(await namesOf(['Contoso.SecOps'], eras[0], renamed)).toEqual(await namesOf(['security']));
    expect(await namesOf(['Contoso.Readers'], eras[0], renamed)).toEqual(await namesOf(['query']));
  });
});

const pins = [...readPins().values()].filter(({ kind }) => kind === 'tool');

/** What the pins say that these roles are shown at an endpoint, in its order. */
function pinnedFor(roles: readonly string[], address: string): readonly unknown[] {
  const names = orderOf(address);
  return names.flatMap((name) => {
    const { content } = pins.find((pin) => pin.name === name) ?? expect.fail(`${name} is not pinned.`);
    const seenBy = content.roles as readonly string[];
    return roles.some((role) => seenBy.includes(role)) ? [content.listed] : [];
  });
}

function orderOf(address: string): readonly string[] {
  const { content } =
    [...readPins().values()].find(({ content }) => content.address === address) ??
    expect.fail(`${address} is not pinned.`);
  return (content['tools/list'] as { tools: readonly string[] }).tools;
}

describe('the list of tools as it goes over the wire', () => {
  it.each([['query'], ['billing'], ['agent'], ['security'], ['query', 'billing'], ['query', 'agent']])(
    'to %s %s: every definition as it is pinned, in both eras, and no other',
    async (...roles) => {
      for (const era of eras) {
        const shown = await toolsOf(roles, era);
        // as text: the order of the members is a part of what is sent
        expect(JSON.stringify(shown), `npm run pins says what differs (${era})`).toBe(
          JSON.stringify(pinnedFor(roles, '/mcp')),
        );
        expect(shown.length).toBeGreaterThan(0);
        for (const name of roles.includes('security') ? [] : wellHidden) {
          expect(JSON.stringify(shown)).not.toContain(`"name":"${name}"`);
        }
      }
    },
  );

  it('of the experts, to whoever may ask them: every definition as it is pinned', async () => {
    const experts = doorAt('http://localhost:7071', async (request) => target.app.agentic(request));
    const shown = await toolsOf(['query'], eras[0], experts);
    expect(JSON.stringify(shown)).toBe(JSON.stringify(pinnedFor(['query'], '/agentic/mcp')));
    expect(shown.length).toBeGreaterThan(0);
  });

  it('must not be kept for another caller', async () => {
    const { message } = await target.rpc({ method: 'tools/list', token: withRoles(['query']) });
    expect(message.result).toMatchObject({ cacheScope: 'private' });
  });
});
