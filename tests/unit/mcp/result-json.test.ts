import fc from 'fast-check';
import { expect, it } from 'vitest';
import { unlabelled } from '#platform/mcp/definitions/labels';
import { failure, jsonOfResult, success } from '#platform/mcp/tool-answer';

const results = fc.dictionary(fc.string(), fc.jsonValue());

it('a result is written as JSON.stringify writes it, with what is added to it, too', () => {
  fc.assert(
    fc.property(results, fc.string(), (result, summary) => {
      const made = success(summary, result, unlabelled);
      for (const more of [{}, { resultType: 'complete', _meta: { ...made._meta, of: 'one' } }]) {
        expect(jsonOfResult(made, more)).toBe(JSON.stringify({ ...made, ...more }));
      }
    }),
  );
});

it.each([failure('No.'), { content: [], structuredContent: { a: 1 } }, { content: [] }])(
  'so is what was made otherwise (%j)',
  (result) => expect(jsonOfResult(result)).toBe(JSON.stringify(result)),
);
