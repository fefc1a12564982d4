import { PolicyFailure } from '../failure.ts';
import type { PolicyCompiler } from '../step.ts';

export const setBackendService: PolicyCompiler = (element, tools) => {
  const id = tools.text(element, 'backend-id');
  return (exchange) => {
    const backend = id(exchange);
    if (!tools.runtime.backends.has(backend)) {
      const message = `There is no backend "${backend}".`;
      throw new PolicyFailure('set-backend-service', 'BackendNotFound', 500, message);
    }
    exchange.backend = backend;
    return 'next';
  };
};
