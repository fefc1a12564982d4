import { PolicyFailure } from '../failure.ts';
import type { PolicyCompiler } from '../step.ts';

export const checkHeader: PolicyCompiler = (element, tools) => {
  const name = tools.text(element, 'name');
  const code = tools.integer(element, 'failed-check-httpcode');
  const message = tools.text(element, 'failed-check-error-message');
  const ignoreCase = tools.boolean(element, 'ignore-case');
  const allowed = tools.literals(element.children, 'value');
  return (exchange) => {
    const folded = (text: string) => (ignoreCase(exchange) ? text.toLowerCase() : text);
    const value = exchange.request.headers.get(name(exchange));
    const fail = (reason: string) =>
      new PolicyFailure('check-header', reason, code(exchange), message(exchange));
    if (value === null) {
      throw fail('HeaderNotFound');
    }
    if (allowed.length > 0 && !allowed.some((one) => folded(one) === folded(value))) {
      throw fail('HeaderValueNotAllowed');
    }
    return 'next';
  };
};
