import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditEntry } from '#platform/access/audit';
import { type ChainedEntry, hashOf, Shard } from '#platform/access/audit-chain';
import { contentOf, digestOfHead, type Head, headOf, sealingKey } from '#platform/access/audit-heads';
import { type ProofOptions, type ProvenRow, proofOf } from '#platform/access/audit-proof';
import { anAuditEntry } from '#tests/support/audit-entry';

const key = sealingKey('a secret of the tests that is longer than 32 bytes');
const foreign = sealingKey('another secret of the tests, longer than 32 bytes');

function entry(number: number, day = '2026-03-15'): AuditEntry {
  const time = `${day}T12:00:${String(number).padStart(2, '0')}.000Z`;
  return anAuditEntry(number, { time, tenant: 'acme' });
}

/** Two writers, of five and three entries. */
let rows: ProvenRow[];
let heads: Head[];
function write(): void {
  const writers = [new Shard('acme'), new Shard('acme')] as const;
  rows = [0, 0, 1, 0, 1, 0, 1, 0].map((writer, at) =>
    inPlace(writers[writer as 0 | 1].chained(entry(at + 1))),
  );
  heads = [];
  seal(rows.slice(0, 4));
  seal(rows.slice(0, 7));
}
beforeEach(write);

const inPlace = ({ entry: one, link }: ChainedEntry): ProvenRow => ({ entry: one, link, isInPlace: true });

function seal(seen: readonly ProvenRow[], by = key): void {
  const ends = seen.map(({ link }) => [link?.shard ?? '', [link?.position ?? 0, link?.hash ?? '']] as const);
  const before = heads.at(-1);
  const content = {
    tenant: 'acme',
    number: heads.length + 1,
    time: `2026-03-15T13:0${heads.length}:00.000Z`,
    previous: before === undefined ? '' : digestOfHead(before),
    shards: Object.fromEntries(ends),
  };
  heads.push(headOf(content, by));
}

const proof = (more: Partial<ProofOptions> = {}) =>
  proofOf(rows, { tenant: 'acme', heads, keys: [key.publicKey], ...more });
const first = (more: Partial<ProofOptions> = {}) => proof(more).faults[0];
const at = (index: number) => rows[index] ?? expect.fail('There is no such row.');

/** Writes over an entry, with its hash made anew when asked. */
function forge(index: number, change: Partial<AuditEntry>, isRehashed: boolean): void {
  const { entry: old, link } = at(index);
  const changed = { ...old, ...change };
  if (!isRehashed || link === undefined) {
    rows[index] = { ...at(index), entry: changed };
    return;
  }
  rows[index] = { entry: changed, isInPlace: true, link: { ...link, hash: hashOf('acme', changed, link) } };
}

it('finds nothing in a trail that nobody touched, and says what no head covers', () => {
  expect(proof()).toMatchObject({ faults: [], rows: 8, unsealed: 1, head: { number: 2 } });
  expect(proof({ heads: [] })).toMatchObject({ faults: [], unsealed: 8, head: undefined });
});

describe('names the entry', () => {
  it.each([0, 2, 3, 7])('that was changed (%i)', (index) => {
    forge(index, { outcome: 'not_found' }, false);
    expect(first()).toMatchObject({ kind: 'changed', sentence: expect.stringContaining(`id-${index + 1})`) });
  });

  it('of which a member was taken out, or added', () => {
    forge(3, { client: 'x' } as Partial<AuditEntry>, false);
    expect(first()).toMatchObject({ kind: 'changed', sentence: expect.stringContaining('id-4)') });
  });

  it.each([0, 1, 3, 4])('that was removed (%i)', (index) => {
    const { link } = at(index);
    rows.splice(index, 1);
    expect(first()).toMatchObject({ kind: 'removed', shard: link?.shard, position: link?.position });
  });

  it('at the end of a writer that was sealed, when it was cut off', () => {
    const { link } = at(6);
    rows.splice(6, 1);
    expect(first()).toMatchObject({ kind: 'removed', shard: link?.shard, position: 3 });
    rows.splice(0, 99);
    expect(proof().faults.every(({ kind }) => kind === 'removed')).toBe(true);
    expect(proof().faults).not.toEqual([]);
  });

  it('that was put elsewhere', () => {
    rows[1] = { ...at(1), isInPlace: false };
    expect(first()).toMatchObject({ kind: 'elsewhere', sentence: expect.stringContaining('id-2)') });
  });

  it('that was put into another trail', () => {
    const other = new Shard('other').chained(entry(9));
    rows.push(inPlace(other));
    expect(first()).toMatchObject({ sentence: expect.stringContaining('id-9)') });
  });

  it('that came twice, or takes the place of another', () => {
    rows.push(at(1));
    expect(first()).toMatchObject({ kind: 'elsewhere', sentence: expect.stringContaining('id-2)') });
  });
});

it('what was cut off after the last head is not found, and that is said', () => {
  rows.pop();
  expect(proof()).toMatchObject({ faults: [], unsealed: 0 });
});

it('a hash that was made anew is found by the next entry, or by the head', () => {
  forge(0, { outcome: 'refused' }, true);
  expect(first({ heads: [] })).toMatchObject({ kind: 'changed', sentence: expect.stringContaining('id-1)') });
  write();
  // the last one of its writer
  forge(6, { outcome: 'refused' }, true);
  expect(first({ heads: [] })).toBeUndefined();
  expect(first()).toMatchObject({ kind: 'changed', sentence: expect.stringContaining('id-7)') });
});

describe('heads', () => {
  it('that were changed, removed, exchanged or signed by somebody else are found', () => {
    const whole = [...heads];
    const [one, two] = whole as [Head, Head];
    const changed = { ...one, text: one.text.replace('13:00', '14:00') };
    for (const wrong of [[changed, two], [two], [two, one]]) {
      expect(first({ heads: wrong }), JSON.stringify(wrong)).toMatchObject({ kind: 'head' });
    }
    heads = [];
    seal(rows, foreign);
    expect(first()).toMatchObject({ kind: 'head', sentence: expect.stringContaining(foreign.publicKey) });
    expect(first({ keys: undefined })).toBeUndefined();
    expect(first({ tenant: 'other', keys: undefined })).toBeDefined();
  });

  it('say what they said when they are read again', () => {
    expect(contentOf(heads[1] as Head)).toMatchObject({ tenant: 'acme', number: 2, key: key.publicKey });
    expect(contentOf({ text: 'no JSON', signature: '' })).toBeUndefined();
  });
});

it('entries that are not kept any longer are no fault, and one that is missing later is', () => {
  const writer = new Shard('acme');
  const days = ['2026-03-13', '2026-03-14', '2026-03-15', '2026-03-16', '2026-03-16'];
  rows = days.map((day, index) => inPlace(writer.chained(entry(index + 1, day))));
  heads = [];
  seal(rows.slice(0, 1));
  seal(rows);
  rows = rows.slice(1);
  expect(first()).toMatchObject({ kind: 'removed', position: 1 });
  expect(first({ keptFrom: '2026-03-14' })).toBeUndefined();
  rows.splice(2, 1);
  expect(first({ keptFrom: '2026-03-14' })).toMatchObject({ kind: 'removed', position: 4 });
});
