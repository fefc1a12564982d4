import { describe, expect, it } from 'vitest';
import { contoso } from '#contoso/business';
import { lendingLibrary } from '#examples/library/business';
import { describeOffers } from '#platform/offers';

describe.each([
  ['contoso', { ...contoso, offers: describeOffers(contoso) }],
  ['the library', { ...lendingLibrary, offers: describeOffers(lendingLibrary) }],
])('what may be tried on a deployment of %s', (_, business) => {
  const { call, job, question } = business.trial ?? {};
  const offered = business.offers.tools.map(({ thing }) => thing);
  const named = (tool: string | undefined) => offered.find(({ name }) => name === tool);

  it('is a call that only reads', () => {
    expect(named(call?.tool)?.annotations.readOnlyHint).toBe(true);
    expect(named(call?.tool)?.input.safeParse(call?.arguments).error).toBeUndefined();
  });

  it('is a job that its tool takes', () => {
    expect(business.tools.map(({ name }) => name)).not.toContain(job?.tool);
    expect(named(job?.tool)?.input.safeParse(job?.arguments).error).toBeUndefined();
  });

  it('is a question to an expert, with an answer of a tool that it has', () => {
    const expert = business.experts.find(({ domain }) => domain === question?.expert);
    expect(expert?.tools).toContain(question?.tool);
    expect(question?.text).toContain(question?.tool);
    expect(named(question?.tool)?.output.safeParse(question?.data).error).toBeUndefined();
  });
});
