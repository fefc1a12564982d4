import { cached } from '../caching/cached.ts';
import { recordCodec, text } from './codec.ts';
import { odata } from './odata.ts';
import type { Table } from './table.ts';

/** The vector of one document, beside the document in the same table. */
export interface StoredVector {
  /** The document's. */
  readonly slug: string;
  /** The model that made it; vectors of different models cannot be compared. */
  readonly model: string;
  /** Digest of the text that it was made of: a document that was changed since has no vector. */
  readonly digest: string;
  readonly vector: Float32Array;
}

const partition = 'vector';
const goodForMilliseconds = 60_000;

const codec = recordCodec<StoredVector>({
  slug: text,
  model: text,
  digest: text,
  // 3,072 dimensions, the most that common models have, take 16,384 of a property's 32,768 characters.
  vector: {
    encode: (vector) =>
      text.encode(Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64')),
    decode: (stored) => toFloats(Buffer.from(text.decode(stored), 'base64')),
  },
});

/** The tenant's vectors; read in one round trip, and the same array for a minute. @param table the Knowledge table */
export function vectorStore(table: Table, now: () => Date): () => Promise<readonly StoredVector[]> {
  return cached(
    async () => {
      const rows = await table.list(odata`PartitionKey eq ${partition}`);
      return rows.map((row) => codec.decode(row.properties));
    },
    goodForMilliseconds,
    now,
  );
}

/** Keeps vectors, over those that the documents had before. May be repeated. */
export async function writeVectors(table: Table, vectors: readonly StoredVector[]): Promise<void> {
  for (const value of vectors) {
    // One at a time: a transaction of many would not fit Table Storage's 4 MiB with large models.
    const upsert = { partitionKey: partition, rowKey: value.slug, properties: codec.encode(value) };
    await table.transactRepeatable([{ upsert }]);
  }
}

/** A copy, because a Float32Array must begin at a multiple of four. */
function toFloats(bytes: Buffer): Float32Array {
  return new Float32Array(new Uint8Array(bytes).buffer);
}
