import type { Labels } from '#platform/mcp/definitions/labels';
import type { KnowledgeDocument } from './rules/model.ts';

/** Of a customer, and with words in it that customers, technicians or whoever knows a form have written. */
export const writtenByOthers: Labels = { integrity: 'untrusted', confidentiality: 'private' };

/** Of a customer, and nothing but numbers, dates and choices: there is no place in it where somebody could write. */
export const figures: Labels = { integrity: 'trusted', confidentiality: 'private' };

/** What is sold, in the words of many hands. It is no secret. */
export const catalog: Labels = { integrity: 'untrusted', confidentiality: 'public' };

/** Nobody publishes them without the company's consent; guides and FAQs are written as they are needed. */
const released: readonly string[] = [
  'policy',
  'procedure',
] satisfies readonly KnowledgeDocument['doc_type'][];

/** Rules say nothing of any customer. They can be relied on as far as the least of them. */
export function labelsOfDocuments(documents: readonly { readonly doc_type: string }[]): Labels {
  const isReleased = documents.every(({ doc_type }) => released.includes(doc_type));
  return { integrity: isReleased ? 'trusted' : 'untrusted', confidentiality: 'public' };
}
