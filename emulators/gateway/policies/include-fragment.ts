import type { PolicyCompiler } from '../step.ts';

export const includeFragment: PolicyCompiler = (element, tools) =>
  tools.fragment(tools.literal(element, 'fragment-id'));
