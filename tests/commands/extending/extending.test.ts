import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessToken, type Caller, callerOf } from '#scripts/client/access';
import { currentClient } from '#scripts/demo/clients';
import { type CopyStack, startCopyStack } from './copy-stack.ts';
import { forgottenByHand, forgottenPage } from './forgetting.ts';
import { readGuide } from './guide.ts';
import { copyProject, type ProjectCopy } from './project-copy.ts';

const timeoutMs = 600_000;
const guide = readGuide();
let copy: ProjectCopy;

beforeAll(async () => {
  copy = await copyProject();
  for (const step of guide.steps) {
    if (step.kind !== 'run') {
      copy.apply(step);
    }
  }
}, timeoutMs);

afterAll(() => copy?.remove());

/** The words of the guide for something that was forgotten. */
function told(what: string): string {
  const words = guide.told.get(what);
  if (words === undefined) {
    throw new Error(`The table of docs/extending.md has no row "${what}".`);
  }
  return words;
}

async function expectTold(command: string, forgotten: readonly string[]): Promise<void> {
  const { code, output } = await copy.run(command);
  expect(code, output).not.toBe(0);
  for (const what of forgotten) {
    expect(output, what).toContain(told(what));
  }
}

const generated: readonly (readonly [string, readonly string[]])[] = [
  ['npm run check:generated', ['the tools page']],
  ['npm run check:policies', ["the gateway's table", "the gateway's files of a tenant"]],
  [
    'npx vitest run tests/unit/pins/pins.test.ts tests/integration/budgets/lists.test.ts -t "pinned|costs"',
    ['a pin', 'the budgets'],
  ],
];

it('the table of the guide has a row for everything that is forgotten here, and no other', () => {
  const all = [...forgottenByHand, forgottenPage].map(({ what }) => what);
  expect([...guide.told.keys()].sort()).toEqual(
    [...all, ...generated.flatMap(([, forgotten]) => forgotten)].sort(),
  );
});

describe('before the end of the guide', () => {
  it('all that was left out by hand is told, each in its words', { timeout: timeoutMs }, async () => {
    const forgotten = [...forgottenByHand, forgottenPage];
    await copy.without(
      forgotten.flatMap(({ files }) => files),
      async () => {
        for (const { forget } of forgotten) {
          forget(copy);
        }
        await expectTold(
          'npx vitest run --project unit tests/unit/tools/every tests/unit/access tests/unit/experts/domains',
          forgotten.map(({ what }) => what),
        );
      },
    );
  });

  it.each(generated)('%s tells what is not generated yet', { timeout: timeoutMs }, expectTold);
});

describe('at the end of the guide', () => {
  it('its commands do their work', { timeout: timeoutMs }, async () => {
    for (const step of guide.steps) {
      if (step.kind !== 'run') {
        continue;
      }
      const { code, output } = await copy.run(step.command);
      expect(code, `${step.command}\n${output}`).toBe(0);
    }
  });

  it('the new tools and the new expert are on the page, at the edge, and pinned', () => {
    for (const name of ['get_service_incidents', 'get_loyalty_points', 'ask_network_expert']) {
      expect(copy.read('docs/tools.md')).toContain(`### ${name}\n`);
      expect(copy.read('apim-policies/fragments/permissions.xml')).toContain(`"${name}"`);
      expect(copy.read(`tests/pins/tools/${name}.json`)).toContain(`"name": "${name}"`);
    }
    expect(copy.read('apim-policies/fragments/permissions.xml')).toContain('value="loyalty.read"');
    expect(copy.read('apim-policies/api-northwind.xml')).toContain('value="northwind"');
  });

  it('the tests pass: the new ones, and those about all tools and experts', {
    timeout: timeoutMs,
  }, async () => {
    const tests = [
      'tests/unit/{tools,access}',
      'tests/unit/pins/pins',
      'tests/unit/experts/domains',
      'tests/unit/contoso/loyalty',
      'tests/integration/tools/{subscriptions/get-service-incidents,loyalty/get-loyalty-points}',
    ];
    const { code, output } = await copy.run(`npx vitest run ${tests.flatMap(expand).join(' ')}`);
    expect(code, output).toBe(0);
    expect(output).toContain('get-loyalty-points.test.ts');
  });
});

/** Braces, as a shell would expand them; the one of Windows does not. */
function expand(pattern: string): string[] {
  const [, before = '', choices, after = ''] = /^(.*)\{(.*)\}(.*)$/.exec(pattern) ?? [];
  return choices?.split(',').map((choice) => `${before}${choice}${after}`) ?? [pattern];
}

it('the new expert can be evaluated alone', { timeout: timeoutMs }, async () => {
  const { code, output } = await copy.run('npm run eval -- --only network');
  expect(code, output).toBe(0);
  expect(output).toMatch(/^all +([1-9]\d*) of \1 passed$/m);
});

describe('what a client sees of it', () => {
  let stack: CopyStack;
  beforeAll(async () => {
    stack = await startCopyStack(copy);
  }, timeoutMs);
  afterAll(() => stack?.stop());

  /** The new tenant is in the copy's directory only; its people have the names that all others have. */
  function northwind(name: string): Caller {
    const { user } = callerOf({ user: `${name}@contoso` });
    const tid = 'e0000000-0000-4000-8000-000000000004';
    return {
      user: { ...user, signInName: `${name}@northwind` },
      tenant: {
        slug: 'northwind',
        tid,
        displayName: 'Northwind Traders',
        users: [],
        daemonOid: '',
        agentOid: '',
      },
    };
  }

  async function connect(tenant: string, endpoint: '/mcp' | '/agentic/mcp', name: string) {
    const url = stack.addressOf(tenant, endpoint);
    const caller = tenant === 'northwind' ? northwind(name) : callerOf({ user: `${name}@${tenant}` });
    return currentClient({ url, token: await accessToken(url, caller) });
  }

  async function use(
    [tenant, endpoint, name]: Parameters<typeof connect>,
    tool: string,
    args: Record<string, unknown>,
  ) {
    const client = await connect(tenant, endpoint, name);
    try {
      return { tools: await client.toolNames(), answer: await client.call(tool, args) };
    } finally {
      await client.close();
    }
  }

  it('the command line knows the new tenant', async () => {
    const { code, output } = await copy.run('npm run mcp -- --list --user quinn@northwind');
    expect(code, output).toBe(0);
    expect(output).toContain('get_loyalty_points');
  });

  const newTools = [
    ['get_service_incidents', { subscription_id: 252 }, 'subscriptions.read'],
    ['get_loyalty_points', { customer_id: 251 }, 'loyalty.read'],
  ] as const;

  it.each(newTools)('%s is listed and answers for a reader', async (tool, args) => {
    const { tools, answer } = await use(['contoso', '/mcp', 'quinn'], tool, args);
    expect(tools).toContain(tool);
    expect(answer.refused, answer.text).toBe(false);
  });

  it.each(newTools)(
    '%s is neither shown to nor run for somebody without a role',
    async (tool, args, permission) => {
      const url = stack.addressOf('contoso', '/mcp');
      const token = await accessToken(url, callerOf({ user: 'nobody@contoso' }));
      const client = await currentClient({ url, token });
      expect(await client.toolNames()).toEqual([]);
      await client.close();
      const refused = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          authorization: `Bearer ${token}`,
        },
        body: JSON.stringify({
          jsonrpc: '2.0',
          id: 1,
          method: 'tools/call',
          params: { name: tool, arguments: args },
        }),
      });
      expect(refused.status).toBe(403);
      // no sign-in gives a role: whom to ask, and no challenge
      expect(refused.headers.get('www-authenticate')).toBeNull();
      expect(await refused.text()).toContain(permission);
    },
  );

  it('the new expert answers from the records', async () => {
    const question = 'Is there an outage at customer 252?';
    const { tools, answer } = await use(['contoso', '/agentic/mcp', 'quinn'], 'ask_network_expert', {
      question,
    });
    expect(tools).toContain('ask_network_expert');
    expect(answer.data).toMatchObject({ domain: 'network', status: 'done' });
    expect(answer.text).toContain('is still being investigated');
  });

  it('the other experts send people to it', async () => {
    const question = 'Is there an outage at customer 252?';
    const { answer } = await use(['contoso', '/agentic/mcp', 'quinn'], 'ask_billing_expert', { question });
    expect(answer.text).toContain('ask_network_expert');
  });

  it('the new tenant has people of its own', async () => {
    const names = [];
    for (const tenant of ['contoso', 'fabrikam', 'northwind']) {
      const { answer } = await use([tenant, '/mcp', 'quinn'], 'get_customer_detail', { customer_id: 251 });
      names.push(answer.data.last_name);
    }
    expect(names[0]).toBe('Doe');
    expect(new Set(names).size).toBe(3);
  });

  it.each([
    ['northwind', 'contoso'],
    ['contoso', 'northwind'],
  ])('a user of %s is refused at the address of %s', async (of, at) => {
    const caller = of === 'northwind' ? northwind('sara') : callerOf({ user: `sara@${of}` });
    const token = await accessToken(stack.addressOf(of, '/mcp'), caller);
    const response = await fetch(stack.addressOf(at, '/mcp'), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(403);
    await response.body?.cancel();
  });
});
