import type { XmlElement } from '#gateway/language/xml';
import type { CompilerTools, PolicyCompiler } from '../step.ts';

/** What a `cors` element allows. */
export interface CorsRules {
  /** Headers of the answer to a preflight request from this origin; none when it is not allowed. */
  preflight(origin: string): Headers;
  /** Headers of any other answer to this origin; none when it is not allowed. */
  simple(origin: string): Headers;
}

export const cors: PolicyCompiler = (element, tools) => {
  const rules = readCors(element, tools);
  return (exchange) => {
    const origin = exchange.request.headers.get('origin');
    if (origin !== null) {
      for (const [name, value] of rules.simple(origin)) {
        exchange.addedHeaders.set(name, value);
      }
    }
    return 'next';
  };
};

export function readCors(element: XmlElement, tools: CompilerTools): CorsRules {
  const list = (parent: string, child: string) =>
    element.children
      .filter(({ name }) => name === parent)
      .flatMap(({ children }) => tools.literals(children, child));
  const origins = list('allowed-origins', 'origin');
  const exposed = list('expose-headers', 'header');
  const methods = element.children.find(({ name }) => name === 'allowed-methods');
  const age = methods === undefined ? '' : tools.literal(methods, 'preflight-result-max-age');
  const allow = (origin: string, more: Readonly<Record<string, string>>): Headers => {
    const any = origins.includes('*');
    if (!any && !origins.includes(origin)) {
      return new Headers();
    }
    return new Headers({
      'Access-Control-Allow-Origin': any ? '*' : origin,
      ...(any ? {} : { Vary: 'Origin' }),
      ...more,
    });
  };
  return {
    preflight: (origin) =>
      allow(origin, {
        'Access-Control-Allow-Methods': list('allowed-methods', 'method').join(', '),
        'Access-Control-Allow-Headers': list('allowed-headers', 'header').join(', '),
        ...(age === '' ? {} : { 'Access-Control-Max-Age': age }),
      }),
    simple: (origin) =>
      allow(origin, exposed.length === 0 ? {} : { 'Access-Control-Expose-Headers': exposed.join(', ') }),
  };
}
