import * as z from 'zod';
import { NotFound } from '#platform/errors';
import { line } from '#platform/mcp/definitions/inputs';
import { readOnly } from '#platform/mcp/definitions/tool';
import { defineTool } from '../define.ts';
import { labelsOfDocuments } from '../labels.ts';
import { knowledge } from '../resources/knowledge.ts';
import { knowledgeDocument } from '../rules/model.ts';

/** For the page beside an expert's answer: a document that it cites by its title, as the resource of that document has it. */
export const readCitation = defineTool({
  name: 'read_citation',
  title: 'Read a document that an answer cites',
  description:
    'For pages beside an expert’s answer: a document that the answer cites, whole, and its address as a resource.',
  permission: 'knowledge.read',
  annotations: readOnly,
  labels: (document) => labelsOfDocuments([document]),
  input: z.strictObject({ title: line(300, 'As the answer cites it.') }),
  output: z.object({
    uri: z.string().describe('Its address, for resources/read.'),
    title: z.string(),
    doc_type: knowledgeDocument.shape.doc_type,
    text: z.string().describe('Markdown.'),
  }),
  async handler({ title }, { store }) {
    const found = (await store.knowledge.documents()).find((document) => document.title === title);
    if (found === undefined) {
      throw new NotFound('There is no document of this title any more; ask the expert again.');
    }
    const { slug, content } = found;
    const doc_type = knowledgeDocument.shape.doc_type.parse(found.doc_type);
    return { uri: `${knowledge.scheme}://${slug}`, title, doc_type, text: content };
  },
  summary: ({ title, uri }) => `${title}, ${uri}.`,
});
