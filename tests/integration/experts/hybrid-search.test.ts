import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { KnowledgeDocument } from '#contoso/rules/model';
import { compatibleClient } from '#platform/experts/models/client';
import { openaiEmbeddings } from '#platform/experts/models/openai-embeddings';
import { embedDocuments } from '#platform/knowledge/embed-documents';
import type { Embeddings } from '#platform/knowledge/embeddings';
import { createHybridSearch } from '#platform/knowledge/hybrid';
import type { KnowledgeSearch } from '#platform/knowledge/search';
import { vectorRanker } from '#platform/knowledge/vector';
import type { Table } from '#platform/storage/table';
import { vectorStore, writeVectors } from '#platform/storage/vector-store';
import { readKnowledge } from '#seed/knowledge';
import { freshTenant, testStorage } from '../../support/azurite.ts';
import { startFakeOpenAi } from '../../support/fake-openai.ts';
import type { FakeOpenAi } from '../../support/fake-openai-server.ts';

const now = () => new Date('2026-01-15T12:00:00.000Z');
const documents = readKnowledge('Contoso');
const patient = new AbortController().signal;

let service: FakeOpenAi;
let table: Table;
const warnings: string[] = [];
beforeAll(async () => {
  service = await startFakeOpenAi();
  table = (await testStorage()).table(`${freshTenant()}Knowledge`);
  await table.ensure();
  await writeVectors(table, await embedDocuments(documents, embeddings(), patient));
});
afterAll(() => service.stop());
beforeEach(() => {
  service.failEmbeddings(undefined);
  warnings.length = 0;
});

function embeddings(model = 'embedding'): Embeddings {
  const client = compatibleClient({ kind: 'compatible', baseUrl: service.baseUrl, chatModel: 'fake' });
  const sending = { attempts: 2, attemptMilliseconds: 5_000, longestWait: 100, firstWait: 1 };
  return openaiEmbeddings(client, model, { sending });
}

function searchOver(present: readonly KnowledgeDocument[] = documents, model?: string): KnowledgeSearch {
  const vectors = vectorRanker(embeddings(model), vectorStore(table, now));
  const logger = { log: (_level: string, message: string) => warnings.push(message) };
  return createHybridSearch({ documents: async () => present }, vectors, logger);
}

test('words and vectors together find the document', async () => {
  const { mode, documents: found } = await searchOver().search('late payment fee', 3);
  expect(mode).toBe('hybrid');
  expect(found).toHaveLength(3);
  expect(found.map(({ slug }) => slug)).toContain('late-payment-fee-policy');
  expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).toSorted((a, b) => b - a));
});

test('the same question is embedded once', async () => {
  const search = searchOver();
  await search.search('roaming in Spain', 3);
  const before = service.requests.length;
  await search.search('roaming in Spain', 3);
  expect(service.requests).toHaveLength(before);
});

test('a failed embedding leaves the words, and the result says so', async () => {
  service.failEmbeddings(500);
  const { mode, documents: found } = await searchOver().search('late payment fee', 1);
  expect(mode).toBe('lexical');
  expect(found[0]?.slug).toBe('late-payment-fee-policy');
  expect(warnings).toEqual(['search without vectors']);
});

test('vectors of another model are not compared', async () => {
  expect((await searchOver(documents, 'another').search('late payment fee', 1)).mode).toBe('lexical');
});

test('a document that changed since has no vector', async () => {
  const changed = documents.map((document) => ({ ...document, content: `${document.content} And more.` }));
  expect((await searchOver(changed).search('late payment fee', 1)).mode).toBe('lexical');
});

test('vectors come back from storage as they were', async () => {
  const [first] = await vectorStore(table, now)();
  const document = documents.find(({ slug }) => slug === first?.slug);
  const [again] = await embedDocuments(document === undefined ? [] : [document], embeddings(), patient);
  expect(first).toEqual(again);
});
