import { foundTitles } from '../citations.ts';
import { withoutOutsideLinks } from '../outside-links.ts';
import type { FlowRules } from './rules.ts';
import { beginningOf, type Source, sourceOf } from './sources.ts';
import { wishFor } from './wish.ts';

const ofAnotherAudience =
  'What this tool is given leaves the organisation, and records of it were read for this question. Nothing was sent; ask for it in a question of its own, which says all that the tool needs.';

/**
 * The rules by labels (FIDES, Costa et al. 2025, arXiv 2505.23643, for an expert). Once a text was read in which others
 * write, a change is proposed only with where the wish for it comes from. What is private goes into no tool whose
 * arguments others get to see, into no citation, and into no link: that would show it to whoever it leads to.
 */
export const labelRules: FlowRules = {
  open(messages) {
    const { own, sources: first } = beginningOf(messages);
    const sources: Source[] = [...first];
    return {
      read(runs) {
        sources.push(...runs.flatMap(sourceOf));
      },
      wishFor: (args) => wishFor(args, own, sources),
      refusalOf: ({ maxAllowedConfidentiality }) =>
        maxAllowedConfidentiality === 'public' &&
        sources.some(({ labels }) => labels.confidentiality === 'private')
          ? ofAnotherAudience
          : undefined,
      citable: (runs) =>
        foundTitles(
          runs.filter(({ outcome }) => outcome.kind === 'ok' && outcome.labels?.confidentiality === 'public'),
        ),
    };
  },
  shown: withoutOutsideLinks,
};
