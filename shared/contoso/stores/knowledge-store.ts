import { cached } from '#platform/caching/cached';
import type { KnowledgeStore } from '#platform/knowledge/document';
import { odata } from '#platform/storage/odata';
import type { NewRow, Table } from '#platform/storage/table';
import type { KnowledgeDocument } from '../rules/model.ts';
import { knowledgeDocument } from './records.ts';

const partition = 'document';
const goodForMilliseconds = 60_000;

/** The tenant's policy documents; the same array for as long as it is good, so that an index can be kept with it. */
export function knowledgeStore(table: Table, now: () => Date): KnowledgeStore {
  return { documents: cached(() => loadDocuments(table), goodForMilliseconds, now) };
}

async function loadDocuments(table: Table): Promise<KnowledgeDocument[]> {
  const rows = await table.list(odata`PartitionKey eq ${partition}`);
  return rows.map((row) => knowledgeDocument.decode(row.properties));
}

/** The row that holds a document. @throws InvalidInput when a text of it is longer than 32,768 characters */
export function documentRow(document: KnowledgeDocument): NewRow {
  return {
    partitionKey: partition,
    rowKey: document.slug,
    properties: knowledgeDocument.encode(document),
  };
}
