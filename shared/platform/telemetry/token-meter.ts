import { AsyncLocalStorage } from 'node:async_hooks';

/** What one request to a model used. */
export interface MeteredUse {
  /** Name of the model or deployment, as the settings have it. */
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

const meters = new AsyncLocalStorage<(use: MeteredUse) => void>();

/** Does work and is told of the tokens that models use for it, whether anything is traced or not. */
export function metered<T>(onUse: (use: MeteredUse) => void, work: () => Promise<T>): Promise<T> {
  return meters.run(onUse, work);
}

/** Tells the meter around the caller, if there is one. */
export function noteUse(use: MeteredUse): void {
  meters.getStore()?.(use);
}
