import { Client as FormerClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lendingLibrary } from '#examples/library/business';
import { books } from '#examples/library/seed';
import { describeOffers } from '#platform/offers';
import { currentClient, type DemoClient, formerClient } from '#scripts/demo/clients';
import { type LibraryService, startLibrary, tokenOf } from './library-service.ts';

let library: LibraryService;

beforeAll(async () => {
  library = await startLibrary();
});

afterAll(async () => {
  await library?.close();
});

/** Each client lends a book of its own: the other one would find it gone. */
const clients: readonly (readonly [string, typeof currentClient, number])[] = [
  ['the 2.x client (2026-07-28)', currentClient, 1],
  ['the 1.x client (2025-11-25)', formerClient, 3],
];

describe.each(clients)('%s', (name, connect, lent) => {
  const opened: DemoClient[] = [];
  afterAll(() => Promise.all(opened.map((client) => client.close())));

  async function as(role: string, url: string): Promise<DemoClient> {
    const client = await connect({ url, token: tokenOf(role) });
    opened.push(client);
    expect(name).toContain(client.era.split(' ').at(-1));
    return client;
  }

  it('sees what its role allows', async () => {
    const { tools, experts } = library;
    expect(await (await as('reader', tools)).toolNames()).toEqual(['find_books']);
    expect(await (await as('librarian', tools)).toolNames()).toEqual(['find_books', 'lend_book']);
    expect(await (await as('reader', experts)).toolNames()).toEqual(['ask_reading_expert']);
    expect(await (await as('librarian', experts)).toolNames()).toEqual(['ask_reading_expert', 'take_stock']);
    expect(await (await as('agent', tools)).toolNames()).toEqual([]);
  });

  it('is refused what its role does not allow', async () => {
    const reader = await as('reader', library.tools);
    await expect(reader.call('lend_book', { book_id: lent, card: 'C-1' })).rejects.toThrow(
      /lend_book needs the permission books\.lend/,
    );
    const { data } = await reader.call('find_books', { text: titleOf(lent) });
    expect(data).toMatchObject({ books: [{ book_id: lent, lent_to: null }] });
  });

  it('changes a record, once', async () => {
    const librarian = await as('librarian', library.tools);
    const first = await librarian.call('lend_book', { book_id: lent, card: 'C-1' });
    expect(first.text).toMatch(
      new RegExp(`^"${titleOf(lent)}" is lent on card C-1 until \\d{4}-\\d\\d-\\d\\d\\.$`),
    );
    const second = await librarian.call('lend_book', { book_id: lent, card: 'C-2' });
    expect(second).toMatchObject({ refused: true, text: expect.stringContaining('choose another one') });
    const { data } = await librarian.call('find_books', { text: titleOf(lent) });
    expect(data).toMatchObject({ books: [{ book_id: lent, lent_to: 'C-1' }] });
  });

  it('asks the expert, which looks it up as the caller', async () => {
    const reader = await as('reader', library.experts);
    const { data } = await reader.call('ask_reading_expert', { question: 'Where is "Walden"?' });
    expect(data).toMatchObject({
      domain: 'reading',
      status: 'done',
      answer: expect.stringContaining('“Walden” by Henry David Thoreau stands on shelf B2.'),
      model: 'offline-playbooks',
    });
    const other = await reader.call('ask_reading_expert', { question: 'What is the weather like?' });
    expect(other.data).toMatchObject({
      status: 'needs_input',
      follow_up: expect.stringContaining('quotation'),
    });
  });

  it('follows the long job by its progress', async () => {
    const librarian = await as('librarian', library.experts);
    const before = new Set(library.engine.instances.keys());
    const seen: string[] = [];
    const answer = librarian.call('take_stock', { shelf: 'A1' }, (_progress, _total, text) =>
      seen.push(text),
    );
    await library.engine.advance(await begun(before));
    expect((await answer).data).toEqual({ shelf: 'A1', books: 3, overdue: [books[1]] });
    expect(seen).toEqual(
      expect.arrayContaining([
        'Step 1 of 2: counting the books.',
        'Step 2 of 2: looking for overdue books.',
        'The stock is taken.',
      ]),
    );
  });
});

it('the 1.x client runs the long job as a task', async () => {
  const client = new FormerClient({ name: 'tests', version: '1' });
  const headers = { Authorization: `Bearer ${tokenOf('librarian')}` };
  const transport = new StreamableHTTPClientTransport(new URL(library.experts), { requestInit: { headers } });
  await client.connect(transport as Transport);
  const before = new Set(library.engine.instances.keys());
  const seen: unknown[] = [];
  const call = { name: 'take_stock', arguments: { shelf: 'B2' } };
  const options = { task: { ttl: 60_000 } };
  for await (const message of client.experimental.tasks.callToolStream(call, undefined, options)) {
    if (message.type === 'taskCreated') {
      await library.engine.advance(await begun(before));
    }
    seen.push(message.type === 'result' ? message.result.structuredContent : message.type);
  }
  expect(seen[0]).toBe('taskCreated');
  expect(seen.at(-1)).toEqual({ shelf: 'B2', books: 1, overdue: [] });
  await client.close();
});

function titleOf(id: number): string {
  return books.find(({ book_id }) => book_id === id)?.title ?? '';
}

/** The job that has begun since then. */
async function begun(before: ReadonlySet<string>): Promise<string> {
  const others = () => Array.from(library.engine.instances.keys()).filter((id) => !before.has(id));
  await expect.poll(others).toHaveLength(1);
  return others()[0] ?? '';
}

it('the example calls are right', () => {
  const { tools } = describeOffers(lendingLibrary);
  expect(tools.length).toBeGreaterThan(3);
  for (const { thing } of tools) {
    expect(thing.input.safeParse(thing.example?.(undefined)).error, thing.name).toBeUndefined();
  }
});
