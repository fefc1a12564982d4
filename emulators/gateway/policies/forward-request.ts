import { PolicyFailure } from '../failure.ts';
import { forward } from '../proxy.ts';
import type { Flow, PolicyCompiler } from '../step.ts';

/** Seconds that API Management waits for the head of an answer when the policy does not say. */
const defaultTimeout = 300;

export const forwardRequest: PolicyCompiler = (element, tools) => {
  const timeout = tools.integer(element, 'timeout', defaultTimeout);
  return async (exchange): Promise<Flow> => {
    const base = exchange.backend === undefined ? undefined : tools.runtime.backends.get(exchange.backend);
    if (base === undefined) {
      throw new PolicyFailure('forward-request', 'BackendNotSet', 500, 'No policy has chosen a backend.');
    }
    exchange.response = await forward(exchange, base, tools.runtime.timeoutSignal(timeout(exchange) * 1000));
    exchange.onResponse = true;
    return 'next';
  };
};
