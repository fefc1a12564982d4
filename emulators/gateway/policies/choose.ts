import type { PolicyCompiler } from '../step.ts';

export const choose: PolicyCompiler = (element, tools) => {
  const branches = element.children.map((branch) => ({
    applies: branch.name === 'otherwise' ? () => true : tools.boolean(branch, 'condition'),
    run: tools.steps(branch.children),
  }));
  return (exchange) => branches.find(({ applies }) => applies(exchange))?.run(exchange) ?? 'next';
};
