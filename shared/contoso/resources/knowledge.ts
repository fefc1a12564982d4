import { NotFound } from '#platform/errors';
import type { ResourceFamily } from '#platform/mcp/definitions/resource';
import { labelsOfDocuments } from '../labels.ts';
import type { TenantStore } from '../stores/tenant-store.ts';

export const knowledge: ResourceFamily<TenantStore> = {
  name: 'knowledge',
  title: 'Policies and procedures',
  description:
    "The company's policies, procedures, guides and FAQs, whole. To find the one that answers a question call search_knowledge_base.",
  scheme: 'knowledge',
  variable: 'slug',
  mimeType: 'text/markdown',
  permission: 'knowledge.read',
  async list({ store }) {
    const documents = await store.knowledge.documents();
    return documents.map(({ slug, title, doc_type }) => ({
      key: slug,
      title,
      description: `${title} (${doc_type}).`,
    }));
  },
  async read(key, { store }) {
    const document = (await store.knowledge.documents()).find(({ slug }) => slug === key);
    if (document === undefined) {
      throw new NotFound('There is no such document; list the resources to see the documents.');
    }
    return {
      text: `# ${document.title}\n\n${document.content}\n`,
      labels: labelsOfDocuments([document]),
    };
  },
};
