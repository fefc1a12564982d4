import type { PolicyCompiler } from '../step.ts';

export const trace: PolicyCompiler = (element, tools) => {
  const source = tools.literal(element, 'source');
  const severity = tools.literal(element, 'severity') || 'verbose';
  const messages = element.children.filter(({ name }) => name === 'message').map(tools.content);
  const metadata = element.children
    .filter(({ name }) => name === 'metadata')
    .map((child) => ({ name: tools.literal(child, 'name'), value: tools.text(child, 'value') }));
  return (exchange) => {
    tools.runtime.onTrace({
      source,
      severity,
      message: messages.map((message) => message(exchange)).join(' '),
      metadata: Object.fromEntries(metadata.map(({ name, value }) => [name, value(exchange)])),
    });
    return 'next';
  };
};
