import { sendOneWay } from '../one-way.ts';
import type { PolicyCompiler } from '../step.ts';
import { headerChange } from './set-header.ts';

/** Sends a request of its own and does not wait for it; how it ends changes nothing for the caller. */
export const sendOneWayRequest: PolicyCompiler = (element, tools) => {
  const { runtime } = tools;
  const contentOf = (wanted: string) => {
    const child = element.children.find(({ name }) => name === wanted);
    return child === undefined ? () => '' : tools.content(child);
  };
  const [url, body] = [contentOf('set-url'), contentOf('set-body')];
  const [method = 'GET'] = tools.literals(element.children, 'set-method');
  const changes = element.children
    .filter(({ name }) => name === 'set-header')
    .map((child) => headerChange(child, tools));
  const timeout = tools.integer(element, 'timeout', 60);
  return (exchange) => {
    const headers = new Headers();
    for (const change of changes) {
      change(exchange, headers);
    }
    const signal = AbortSignal.any([runtime.stopped, AbortSignal.timeout(timeout(exchange) * 1000)]);
    const sent = { url: url(exchange).trim(), method, headers, body: body(exchange), signal };
    sendOneWay(sent).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : 'unknown';
      runtime.onTrace({ source: element.name, severity: 'error', message, metadata: {} });
    });
    return 'next';
  };
};
