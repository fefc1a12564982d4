import type { PolicyCompiler } from '../step.ts';

export const rewriteUri: PolicyCompiler = (element, tools) => {
  const template = tools.text(element, 'template');
  const keepQuery = tools.boolean(element, 'copy-unmatched-params', true);
  return (exchange) => {
    const { request } = exchange;
    const path = template(exchange).replace(/\{([^}]+)\}/g, (_, name: string) =>
      encodeURIComponent(request.matchedParameters.get(name) ?? ''),
    );
    const queryString = keepQuery(exchange) ? request.url.queryString : '';
    request.url = { ...request.url, path, queryString };
    return 'next';
  };
};
