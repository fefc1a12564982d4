import { type Meter, metrics } from '@opentelemetry/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lendingLibrary } from '#examples/library/business';
import { seedLibrary } from '#examples/library/seed';
import { exposureOf } from '#gateway/generate/exposure';
import type { AuditEntry } from '#platform/access/audit';
import type { Business } from '#platform/business';
import { tenantId } from '#platform/identity/tenant';
import type { AnyTool } from '#platform/mcp/definitions/tool';
import { readPlatformSettings } from '#platform/settings';
import type { Environment } from '#platform/settings/read';
import { createLogger } from '#platform/telemetry/log';
import { nameTelemetry } from '#platform/telemetry/names';
import { currentClient, type DemoClient, formerClient } from '#scripts/demo/clients';
import { formerly } from '#scripts/docs/tools-page';
import { readTrail } from '#scripts/trail/read-trail';
import { createApp } from '#shared/composition/create-app';
import { testDataStorage } from '../../support/azurite.ts';
import { type LibraryService, startLibrary, tokenOf } from './library-service.ts';

type Library = typeof lendingLibrary;

const renamed =
  (names: Readonly<Record<string, string>>) =>
  (tool: AnyTool): AnyTool => ({ ...tool, name: names[tool.name] ?? tool.name, formerNames: [tool.name] });
const anew = renamed({
  find_books: 'look_for_books',
  lend_book: 'hand_out_book',
  get_my_membership: 'look_at_my_card',
  take_stock: 'count_shelf',
});

/** The library after all of its tools were renamed; its expert, and what that does without a model, know the old names only. */
const business: Library = {
  ...lendingLibrary,
  tools: lendingLibrary.tools.map(anew),
  experts: lendingLibrary.experts.map((expert) => ({ ...expert, formerNames: ['ask_librarian'] })),
  openJobs: (surroundings) =>
    lendingLibrary
      .openJobs(surroundings)
      .map((job) => ({ ...job, tool: (jobsOf) => anew(job.tool(jobsOf)) })),
};

const lines: Record<string, unknown>[] = [];
const counted: { readonly name: string; readonly attributes: unknown }[] = [];
let library: LibraryService;
let tenants = '';

/** A meter that keeps what is counted. */
const meter = {
  createCounter: (name: string) => ({
    add: (_count: number, attributes: unknown) => counted.push({ name, attributes }),
  }),
  createHistogram: () => ({ record() {} }),
} as unknown as Meter;

function appOf(served: Library) {
  return (env: Environment) => {
    tenants = env.TENANTS ?? '';
    const settings = { ...readPlatformSettings(env, served), policy: served.readPolicy(env) };
    const keep = (line: string) => lines.push(JSON.parse(line));
    return createApp({ business: served, settings, logger: createLogger('info', () => new Date(), keep) });
  };
}

beforeAll(async () => {
  // before anything is counted: names are made once
  nameTelemetry(business.name);
  metrics.setGlobalMeterProvider({ getMeter: () => meter });
  library = await startLibrary(undefined, {}, { createApp: appOf(business), seed: seedLibrary });
});

afterAll(async () => {
  await library?.close();
  metrics.disable();
});

function entries(): Promise<AuditEntry[]> {
  const [{ slug }] = JSON.parse(tenants) as [{ slug: string }];
  return readTrail({ dataStorage: testDataStorage(), tenant: tenantId(slug), seconds: 600 });
}

describe.each([
  ['the 2.x client (2026-07-28)', currentClient, 1],
  ['the 1.x client (2025-11-25)', formerClient, 3],
] as const)('%s', (_name, connect, book) => {
  const opened: DemoClient[] = [];
  afterAll(() => Promise.all(opened.map((client) => client.close())));

  async function as(role: string, url: string): Promise<DemoClient> {
    const client = await connect({ url, token: tokenOf(role) });
    opened.push(client);
    return client;
  }

  it('is shown the present names only', async () => {
    expect(await (await as('librarian', library.tools)).toolNames()).toEqual([
      'look_for_books',
      'hand_out_book',
    ]);
    expect(await (await as('librarian', library.experts)).toolNames()).toEqual([
      'ask_reading_expert',
      'count_shelf',
    ]);
  });

  it('reads and changes by the old name what it does by the present one', async () => {
    const librarian = await as('librarian', library.tools);
    const { data } = await librarian.call('find_books', { text: 'Walden' });
    expect(data).toEqual((await librarian.call('look_for_books', { text: 'Walden' })).data);
    const lent = await librarian.call('lend_book', { book_id: book, card: 'C-1' });
    expect(lent.refused, lent.text).toBe(false);
    expect((await librarian.call('hand_out_book', { book_id: book, card: 'C-2' })).text).toContain(
      'is lent until',
    );
  });

  it('needs the permission of the tool, which is named as it is called now', async () => {
    const reader = await as('reader', library.tools);
    await expect(reader.call('lend_book', { book_id: 4, card: 'C-1' })).rejects.toThrow(
      /hand_out_book needs the permission books\.lend/,
    );
  });

  it('follows a long job that it starts by the old name', async () => {
    const librarian = await as('librarian', library.experts);
    const before = new Set(library.engine.instances.keys());
    const answer = librarian.call('take_stock', { shelf: 'B2' }, () => {});
    const begun = () => Array.from(library.engine.instances.keys()).filter((id) => !before.has(id));
    await expect.poll(begun).toHaveLength(1);
    await library.engine.advance(begun()[0] ?? '');
    expect((await answer).data).toMatchObject({ shelf: 'B2', books: 1 });
  });

  it('asks an expert by the old name, who uses tools by theirs', async () => {
    const reader = await as('reader', library.experts);
    const { data } = await reader.call('ask_librarian', { question: 'Where is "Walden"?' });
    expect(data).toMatchObject({ status: 'done', answer: expect.stringContaining('stands on shelf B2.') });
  });
});

describe('on record', () => {
  const former = { tool: 'look_for_books', calledAs: 'find_books' };

  it('the log has the present name, and the old one beside it', () => {
    const calls = lines.filter(({ message }) => message === 'tool called');
    expect(calls).toContainEqual(expect.objectContaining({ ...former, by: 'caller', outcome: 'ok' }));
    expect(calls).toContainEqual(expect.objectContaining({ ...former, by: 'expert', outcome: 'ok' }));
    expect(calls.some(({ tool, calledAs }) => tool === 'look_for_books' && calledAs === undefined)).toBe(
      true,
    );
    expect(calls.filter(({ tool }) => tool === 'find_books')).toEqual([]);
  });

  it('so has the audit trail', async () => {
    const lent = { tool: 'hand_out_book', calledAs: 'lend_book', decision: 'allowed', outcome: 'ok' };
    await expect.poll(entries).toContainEqual(expect.objectContaining(lent));
    await expect.poll(entries).toContainEqual(expect.objectContaining({ ...former, by: 'expert' }));
    const digests = (await entries())
      .filter(({ tool, by }) => tool === 'look_for_books' && by === 'caller')
      .map(({ argumentDigest }) => argumentDigest);
    expect(new Set(digests).size).toBe(1);
  });

  it('calls by an old name are counted, by that name', () => {
    const byName = counted.filter(({ name }) => name === 'library.tool.former_name.calls');
    const tenant = (JSON.parse(tenants) as [{ slug: string }])[0].slug;
    expect(byName.map(({ attributes }) => attributes)).toContainEqual({
      'gen_ai.tool.name': 'hand_out_book',
      'library.former_name': 'lend_book',
      'library.tenant': tenant,
    });
    const present = ['look_for_books', 'hand_out_book', 'count_shelf', 'ask_reading_expert'];
    const names = byName.map(
      ({ attributes }) => (attributes as Record<string, unknown>)['library.former_name'],
    );
    expect(names.filter((name) => present.includes(String(name)))).toEqual([]);
  });
});

it('the gateway asks for the same permission by either name', () => {
  const permissions = new Map(exposureOf(business).tools.map(({ name, permission }) => [name, permission]));
  expect(permissions.get('lend_book')).toBe('books.lend');
  expect(permissions.get('hand_out_book')).toBe('books.lend');
  expect(permissions.get('ask_librarian')).toBe(permissions.get('ask_reading_expert'));
});

it('the page of the tools says what a tool was called', () => {
  expect(business.tools.map((tool) => formerly(tool)[0])).toEqual([
    'Formerly `find_books`; calls by that name still reach it.',
    'Formerly `lend_book`; calls by that name still reach it.',
    'Formerly `get_my_membership`; calls by that name still reach it.',
  ]);
});

it.each<[string, (tools: readonly AnyTool[]) => readonly AnyTool[]]>([
  [
    'the present one of another tool',
    ([one, other]) => [one, { ...other, formerNames: [one?.name] }] as AnyTool[],
  ],
  [
    'a former one of another tool',
    (tools) => tools.map((tool) => ({ ...tool, formerNames: ['find_things'] })),
  ],
])('a former name that is %s stops the start', async (_what, colliding) => {
  const served: Business<never, never> = { ...business, tools: colliding(lendingLibrary.tools) } as never;
  await expect(
    startLibrary(undefined, {}, { createApp: appOf(served as unknown as Library), seed: seedLibrary }),
  ).rejects.toThrow(
    /^The name (find_books|find_things) is that of two tools, .*: a name, present or former, belongs to one\.$/,
  );
});
