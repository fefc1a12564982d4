import * as z from 'zod';
import { auditPartition } from '#platform/storage/audit-rows';
import { atLeast, atMost } from '../report/aims.ts';
import type { Aim, Part, Table } from '../report/results.ts';
import { exponent } from './exponent.ts';

const growth = z.strictObject({
  what: z.string(),
  roundTrips: z.array(z.int()),
  rowsRead: z.array(z.int()),
});
/** What something costs at each size. */
export type Growth = z.infer<typeof growth>;

/** bench/growth.json: counts at each size, of what there are more and more. */
export const grown = z.strictObject({
  sizes: z.array(z.int().min(1)).readonly(),
  /** Calls of tools and pages of lists, by the customers of a tenant. */
  byCustomers: z.array(growth),
  /** Reads of the trail by the entries of a day, and of jobs by the jobs of a tenant. */
  byEntries: z.array(growth),
});
export type Grown = z.infer<typeof grown>;

/** What a partition of Table Storage takes in a second, by Azure's target. */
const rowsOfPartition = 2_000;

/** The part of the page about growth. */
export function growthPart({ sizes, byCustomers, byEntries }: Grown): Part {
  return {
    title: 'Growth',
    notes: [
      'Requests to storage and rows that storage looks at for one call, on a process that has served calls before, from a small tenant to a large one. Counted, not timed, by the command with `--growth`: the rows are in a store in the process, which answers the same requests as Table Storage; Azurite does not take millions. The exponent is fitted over all sizes: 0 is flat, 1 grows as the size does. Entries of the audit trail, which the pipeline writes around a tool, are not counted here.',
      'Calls are those of the examples. A customer’s records, a subscription’s days and an id’s owner are in partitions of their own, so what a call reads of them is what that one customer has; a request across those partitions would have failed the measurement. Of up to a thousand customers a search looks through all; of more, an index has them, and 400 rows are read at most.',
      'What grows, grows with what is asked for: the trail of an hour is as long as what was done in that hour, and is read a thousand entries a request. Once an hour a timer looks through the tables of jobs, messages and used confirmations for what has outlived its time, which is as much as there is; nobody waits for it, and it ends after four minutes.',
      'The audit trail of a tenant and day is sixteen partitions, by its writers, so that the account is what ends first (20,000 requests a second). Beyond it a tenant takes an account of its own.',
    ],
    tables: [
      table('By the customers of a tenant', sizes, byCustomers),
      table('By the entries of a day, or the jobs of a tenant', sizes, byEntries),
    ],
    aims: aimsOf(byCustomers),
  };
}

function table(caption: string, sizes: readonly number[], rows: readonly Growth[]): Table {
  return {
    caption,
    columns: [
      '',
      'round trips',
      'exponent',
      ...sizes.map((size) => `rows at ${size.toLocaleString('en-US')}`),
      'exponent',
    ],
    rows: rows.map(({ what, roundTrips, rowsRead }) => [
      what,
      [...new Set(roundTrips)].map((count) => count.toLocaleString('en-US')).join(' to '),
      exponent(sizes, roundTrips),
      ...rowsRead,
      exponent(sizes, rowsRead),
    ]),
  };
}

function aimsOf(byCustomers: readonly Growth[]): Aim[] {
  const searches = byCustomers.filter(({ what }) => what.startsWith('search by '));
  return [
    atMost(
      'round trips of a search by name, e-mail, phone, city or plan, up to 2,500,000 customers',
      Math.max(...searches.flatMap(({ roundTrips }) => roundTrips)),
      2,
      '',
    ),
    atLeast(
      'audit entries a second of a tenant and day, by its partitions',
      partitionsOfDay() * rowsOfPartition,
      20_000,
      '',
    ),
  ];
}

/** Counted over all bytes with which the name of a writer can begin. */
function partitionsOfDay(): number {
  const names = Array.from({ length: 256 }, (_, byte) => Buffer.from([byte, 0, 0]).toString('base64url'));
  return new Set(names.map((name) => auditPartition('2026-01-15', name))).size;
}
