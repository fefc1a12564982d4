import * as z from 'zod';
import { counted } from '#platform/counted';
import { integer, line } from '#platform/mcp/definitions/inputs';
import { readOnly } from '#platform/mcp/definitions/tool';
import { defineTool } from '../../define.ts';
import { labelsOfDocuments } from '../../labels.ts';
import { knowledgeDocument } from '../../rules/model.ts';

export const searchKnowledgeBase = defineTool({
  name: 'search_knowledge_base',
  title: 'Search policies and procedures',
  description:
    "Finds the company's policies, procedures, guides and FAQs that fit a question, best first. Use it before you state a rule, a fee, a deadline or steps to take, and cite the title. It knows nothing of single customers: for those call the tools of the customer's account.",
  permission: 'knowledge.read',
  progress: 'Looking up the policies',
  annotations: readOnly,
  labels: ({ documents }) => labelsOfDocuments(documents),
  input: z.strictObject({
    query: line(500, 'The question or its key words.'),
    topk: integer(1, 10, 'Documents to return at most.').default(3),
  }),
  output: z.object({
    documents: z.array(
      knowledgeDocument.pick({ title: true, doc_type: true, content: true }).extend({
        score: z.number().describe('Higher fits better; comparable within this answer only.'),
      }),
    ),
    mode: z.enum(['lexical', 'vector', 'hybrid']).describe('How the documents were found.'),
  }),
  example: () => ({ query: 'late payment fee' }),
  async handler({ query, topk }, call) {
    const { documents, mode } = await call.knowledge.search(query, topk);
    return {
      documents: documents.map(({ title, doc_type, content, score }) => ({
        title,
        doc_type: knowledgeDocument.shape.doc_type.parse(doc_type),
        content,
        score,
      })),
      mode,
    };
  },
  summary({ documents }) {
    return documents.length === 0
      ? 'No document fits the question; try other key words.'
      : `${counted(documents.length, 'document')}: ${documents.map((document) => document.title).join(', ')}.`;
  },
});
