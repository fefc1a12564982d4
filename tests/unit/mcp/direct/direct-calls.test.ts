import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { cardsExtension } from '#platform/mcp/cards/cards-extension';
import { calls, corpus, legacy, modern, type Sent, showsCards } from './messages.ts';
import { type Observed, observed } from './two-endpoints.ts';

/** The same tools behind the protocol layer alone, and with calls answered beside it. */
const byProtocol = () => observed({});
const directly = () => observed({ leavesCalls: true });

const plain = [modern, legacy].flatMap((of) => calls.map((params) => of('tools/call', params)));

function request({ headers, body }: Sent): Request {
  return new Request('http://localhost/mcp', {
    method: 'POST',
    headers: {
      host: 'localhost',
      authorization: 'Bearer any',
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
    body: JSON.stringify(body),
  });
}

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const confirmationCode = /[A-Z0-9]{13}-[A-Z0-9]{13}-[A-Z0-9]{12}/g;

/** In a stack, who had the operation run. */
const around = / \| at runForCaller [^"]*/g;

/** What a client sees, and what is on record, but for ids, durations, and by whom the operation was run. */
async function outcome({ endpoint, recorded }: Observed, sent: Sent) {
  const response = await endpoint(request(sent));
  const text = await response.text();
  const messages = text.startsWith('event:')
    ? text.split('\n\n').map((event) => parsed(event.replace(/^event: message\ndata: /, '')))
    : [parsed(text)];
  const seen = {
    status: response.status,
    headers: [...response.headers],
    messages,
    records: await recorded(),
  };
  return JSON.parse(
    JSON.stringify(seen)
      .replaceAll(uuid, 'id')
      .replaceAll(confirmationCode, 'code')
      .replaceAll(around, '')
      .replaceAll(/"durationMs":[\d.]+/g, '"durationMs":0'),
  );
}

function parsed(text: string): unknown {
  return text === '' ? '' : JSON.parse(text);
}

describe('a call that is answered beside the protocol layer', () => {
  const direct = directly();
  const other = byProtocol();

  beforeAll(async () => {
    for (const sent of plain) {
      await outcome(direct, sent);
    }
  });

  it.each(corpus.map((sent) => [JSON.stringify(sent).slice(0, 160), sent] as const))(
    'is answered as the protocol layer answers it: %s',
    async (_name, sent) => {
      const expected = await outcome(other, sent);
      expect(await outcome(direct, sent)).toEqual(expected);
      // once more, as one whose kind is known now
      expect(await outcome(direct, sent)).toEqual(expected);
    },
  );

  it('is the same whatever is changed in it', async () => {
    await fc.assert(
      fc.asyncProperty(changed, async (sent) => {
        expect(await outcome(direct, sent)).toEqual(await outcome(other, sent));
      }),
      { numRuns: 300 },
    );
  });

  it('needs no server object once one of its kind was answered', async () => {
    for (const of of [modern, legacy]) {
      const fresh = directly();
      await outcome(fresh, of('tools/call', { name: 'echo' }));
      const before = fresh.servers();
      expect(before).toBeGreaterThan(0);
      for (const name of ['echo', 'repeat', 'labelled', 'missing', 'broken']) {
        await outcome(fresh, of('tools/call', { name, arguments: {} }));
      }
      expect(fresh.servers()).toBe(before);
    }
  });

  it('says the code of a failure to a client that shows cards, and to no other', async () => {
    const { leavesCalls: _, ...hasSay } = cardsExtension([]);
    const [through, beside] = [observed(hasSay), observed(cardsExtension([]))];
    for (const name of ['missing', 'broken', 'echo']) {
      const sent = modern('tools/call', { name }, showsCards);
      const expected = await outcome(through, sent);
      const known = await outcome(beside, sent).then(() => outcome(beside, sent));
      expect(known).toEqual(expected);
      const code = { missing: 'not_found', broken: 'internal_error', echo: undefined }[name];
      expect(known.messages[0].result._meta.failure).toBe(code);
      expect(JSON.stringify(await outcome(beside, modern('tools/call', { name })))).not.toContain(
        '"failure"',
      );
    }
  });

  it.each(['changes', 'asks'])('is never one of %s', async (name) => {
    await outcome(direct, modern('tools/call', { name: 'echo' }));
    const before = direct.servers();
    await outcome(direct, modern('tools/call', { name }));
    expect(direct.servers()).toBeGreaterThan(before);
  });

  it('is none at all where an extension may have a say in calls', async () => {
    await outcome(other, modern('tools/call', { name: 'echo' }));
    const before = other.servers();
    await outcome(other, modern('tools/call', { name: 'echo' }));
    expect(other.servers()).toBeGreaterThan(before);
  });
});

const odd = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1e300, '', 'echo', '2.0', '2026-07-28', [], {}),
  fc.jsonValue({ maxDepth: 2 }),
);

/** One of the corpus, with a value put somewhere into it, or taken out, and a header changed. */
const changed: fc.Arbitrary<Sent> = fc
  .record({
    sent: fc.constantFrom(...corpus),
    way: fc.array(fc.nat(7), { maxLength: 4 }),
    value: fc.option(odd, { nil: undefined }),
    header: fc.option(fc.constantFrom('mcp-name', 'mcp-method', 'mcp-protocol-version', 'accept'), {
      nil: undefined,
    }),
    text: fc.constantFrom('', 'echo', 'tools/call', '2026-07-28', '2025-11-25', '*/*'),
  })
  .map(({ sent, way, value, header, text }) => ({
    headers: { ...sent.headers, ...(header !== undefined && { [header]: text }) },
    body: changedAt(sent.body, way, value) as Sent['body'],
  }));

function changedAt(within: unknown, way: readonly number[], value: unknown): unknown {
  if (typeof within !== 'object' || within === null || Array.isArray(within) || way.length === 0) {
    return within;
  }
  const names = Object.keys(within);
  const name = names[(way[0] ?? 0) % Math.max(1, names.length)] ?? 'added';
  const inner = (within as Record<string, unknown>)[name];
  const goesOn = way.length > 1 && typeof inner === 'object' && inner !== null;
  return { ...within, [name]: goesOn ? changedAt(inner, way.slice(1), value) : value };
}
