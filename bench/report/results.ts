import * as z from 'zod';

/** A table of measurements; units are in the headings. */
const table = z.strictObject({
  caption: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
});
export type Table = z.infer<typeof table>;

/** Something that was promised, and what came of it. */
const aim = z.strictObject({
  name: z.string(),
  wanted: z.string(),
  measured: z.number(),
  /** Between what the true value lies, least and greatest; null for what is counted and not measured. */
  spread: z.tuple([z.number(), z.number()]).nullable(),
  met: z.boolean(),
});
export type Aim = z.infer<typeof aim>;

const part = z.strictObject({
  title: z.string(),
  /** What is compared with what, in plain sentences. */
  notes: z.array(z.string()),
  tables: z.array(table),
  aims: z.array(aim),
  /** Why nothing was measured. */
  skipped: z.string().optional(),
});
/** What one part of the benchmarks found. */
export type Part = z.infer<typeof part>;

/** bench/results.json: one full run. */
export const results = z.strictObject({
  machine: z.strictObject({
    date: z.iso.date(),
    cpu: z.string(),
    cores: z.int(),
    memory: z.int(),
    system: z.string(),
    node: z.string(),
    load: z.number(),
  }),
  /** All that was promised, of all parts. */
  aims: z.array(aim),
  parts: z.array(part),
});
export type Results = z.infer<typeof results>;
