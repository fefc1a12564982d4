import type { PolicyCompiler } from '../step.ts';

export const setVariable: PolicyCompiler = (element, tools) => {
  const name = tools.literal(element, 'name');
  const value = tools.variable(element, 'value');
  return (exchange) => {
    exchange.variables.set(name, value(exchange));
    return 'next';
  };
};
