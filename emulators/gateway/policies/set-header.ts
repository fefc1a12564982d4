import type { XmlElement } from '#gateway/language/xml';
import type { Exchange } from '../exchange.ts';
import { PolicyFailure } from '../failure.ts';
import type { CompilerTools, PolicyCompiler } from '../step.ts';

/** On the request until the backend has answered or a policy has failed, on the response after that. */
export const setHeader: PolicyCompiler = (element, tools) => {
  const change = headerChange(element, tools);
  return (exchange) => {
    change(exchange, exchange.onResponse ? exchange.response.headers : exchange.request.headers);
    return 'next';
  };
};

/** What a `set-header` element does with a set of headers. */
export function headerChange(
  element: XmlElement,
  tools: CompilerTools,
): (exchange: Exchange, headers: Headers) => void {
  const name = tools.literal(element, 'name');
  const action = tools.literal(element, 'exists-action') || 'override';
  const values = element.children.map((child) => tools.content(child));
  return (exchange, headers) => {
    if (action === 'skip' && headers.has(name)) {
      return;
    }
    if (action !== 'append') {
      headers.delete(name);
    }
    if (action === 'delete') {
      return;
    }
    for (const value of values) {
      append(headers, name, value(exchange).trim());
    }
  };
}

/** A value with a line break, say, is not a header value. */
function append(headers: Headers, name: string, value: string): void {
  try {
    headers.append(name, value);
  } catch {
    throw new PolicyFailure(
      'set-header',
      'InvalidHeader',
      500,
      `The value for ${name} is not a header value.`,
    );
  }
}
