import type { XmlElement } from '#gateway/language/xml';
import { plainResponse } from '../exchange.ts';
import type { CompilerTools, PolicyCompiler } from '../step.ts';
import { headerChange } from './set-header.ts';

/** Answers with a new response and ends the pipeline. */
export const returnResponse: PolicyCompiler = (element, tools) => {
  const status = statusOf(element, tools);
  const changes = element.children
    .filter(({ name }) => name === 'set-header')
    .map((child) => headerChange(child, tools));
  const [body] = element.children.filter(({ name }) => name === 'set-body').map(tools.content);
  return (exchange) => {
    const response = plainResponse(status.code(exchange), status.reason(exchange), body?.(exchange) ?? '');
    for (const change of changes) {
      change(exchange, response.headers);
    }
    exchange.response = response;
    return 'ended';
  };
};

function statusOf(element: XmlElement, tools: CompilerTools) {
  const status = element.children.find(({ name }) => name === 'set-status');
  if (status === undefined) {
    return { code: () => 200, reason: () => 'OK' };
  }
  return { code: tools.integer(status, 'code'), reason: tools.text(status, 'reason') };
}
