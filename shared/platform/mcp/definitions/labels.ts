import * as z from 'zod';

/** Whether what stands in a text may be relied on: not when others than those who run the business could have written into it. */
const integrity = z.enum(['trusted', 'untrusted']);
/** Who may see it: everybody, or only those of the tenant whom the permission table lets read it. */
const confidentiality = z.enum(['public', 'private']);

const labels = z.object({ integrity, confidentiality });

/**
 * What is known of a result, whatever stands in it. Names and values as github-mcp-server emits them in `_meta.ifc` since
 * its version 1.0.5, and as Microsoft Agent Framework reads them.
 */
export type Labels = Readonly<z.infer<typeof labels>>;
export type Confidentiality = Labels['confidentiality'];

/** Of what nobody has labelled. */
export const unlabelled: Labels = { integrity: 'untrusted', confidentiality: 'private' };

/** Sentences of this service about nobody. */
export const ownText: Labels = { integrity: 'trusted', confidentiality: 'public' };

/** The labels of a definition: always the same, or by what a result holds. */
export type LabelsOf<Result> = Labels | ((result: Result) => Labels);

export function labelsOf<Result>(declared: LabelsOf<Result>, result: Result): Labels {
  return typeof declared === 'function' ? declared(result) : declared;
}

/** The `_meta` of a result. */
export function metaWith({ integrity, confidentiality }: Labels): { readonly ifc: Labels } {
  return { ifc: { integrity, confidentiality } };
}

/** What the `_meta` of a result says; what cannot be read counts as {@link unlabelled}. */
export function labelsIn(meta: Readonly<Record<string, unknown>> | undefined): Labels {
  return labels.safeParse(meta?.ifc).data ?? unlabelled;
}
