import type { Exchange } from '../exchange.ts';
import { PolicyFailure } from '../failure.ts';
import type { CountWindow, PolicyCompiler } from '../step.ts';

/**
 * Counts calls by a key in windows that begin with the first call. API Management's windows slide, and each of its
 * gateways counts for itself; what a caller sees of a limit is the same.
 */
export const rateLimitByKey: PolicyCompiler = (element, tools) => {
  const calls = tools.integer(element, 'calls');
  const period = tools.integer(element, 'renewal-period');
  const key = tools.text(element, 'counter-key');
  const name = (attribute: string) => tools.literal(element, attribute);
  const windows = tools.runtime.counts.get(element) ?? new Map<string, CountWindow>();
  tools.runtime.counts.set(element, windows);
  return (exchange) => {
    const now = tools.runtime.now();
    const window = count(windows, key(exchange), period(exchange) * 1000, now);
    const remaining = calls(exchange) - window.calls;
    const left = String(Math.max(0, remaining));
    if (name('remaining-calls-header-name') !== '') {
      exchange.addedHeaders.set(name('remaining-calls-header-name'), left);
    }
    setVariable(exchange, name('remaining-calls-variable-name'), Number(left));
    if (remaining >= 0) {
      return 'next';
    }
    const seconds = Math.ceil((window.endsAt - now) / 1000);
    setVariable(exchange, name('retry-after-variable-name'), seconds);
    const message = `Rate limit is exceeded. Try again in ${seconds} seconds.`;
    throw new PolicyFailure('rate-limit-by-key', 'RateLimitExceeded', 429, message, {
      [name('retry-after-header-name') || 'Retry-After']: String(seconds),
    });
  };
};

function count(windows: Map<string, CountWindow>, key: string, length: number, now: number): CountWindow {
  for (const [known, { endsAt }] of windows) {
    if (endsAt <= now) {
      windows.delete(known);
    }
  }
  const { endsAt, calls } = windows.get(key) ?? { endsAt: now + length, calls: 0 };
  const window = { endsAt, calls: calls + 1 };
  windows.set(key, window);
  return window;
}

function setVariable(exchange: Exchange, name: string, value: number): void {
  if (name !== '') {
    exchange.variables.set(name, value);
  }
}
