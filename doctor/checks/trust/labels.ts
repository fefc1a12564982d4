import { labelsIn } from '#platform/mcp/definitions/labels';
import { fail, pass } from '../../finding.ts';
import { type Check, given } from '../check.ts';

export const resultsAreLabelled: Check = {
  id: 'agentic.labels',
  group: 'Agentic',
  title: 'Results say how far they can be relied on, and who may see them',
  judge: ({ tools, live }) =>
    given(live.labelled, ({ tool, meta }) => {
      const { integrity, confidentiality } = labelsIn(meta);
      const declared = tools.find(({ name }) => name === tool)?.labels;
      const expected = typeof declared === 'object' ? declared : undefined;
      if (meta?.ifc === undefined) {
        return fail(
          `A result of ${tool} has no _meta.ifc.`,
          'Check which version of the service runs, and that nothing in between takes _meta out.',
        );
      }
      return expected !== undefined &&
        (expected.integrity !== integrity || expected.confidentiality !== confidentiality)
        ? fail(
            `A result of ${tool} is labelled ${integrity} and ${confidentiality}, and not ${expected.integrity} and ${expected.confidentiality}.`,
            'Compare the service’s version with this one.',
          )
        : pass(`A result of ${tool} is labelled ${integrity} and ${confidentiality}.`);
    }),
};
