/** A text to look things up in, such as a policy. Documents are the business's; searching them is not. */
export interface KnowledgeDocument {
  /** Lower-case letters, digits and `-`; unique within a tenant. */
  readonly slug: string;
  readonly title: string;
  /** What sort of document it is, as the business sorts them. */
  readonly doc_type: string;
  /** Markdown. */
  readonly content: string;
}

export interface KnowledgeStore {
  /** Every document of the tenant; read in one round trip and cached for a minute. */
  documents(): Promise<readonly KnowledgeDocument[]>;
}
