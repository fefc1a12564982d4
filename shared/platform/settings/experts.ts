import type { Budgets } from '../experts/budget/budgets.ts';
import type { PriceList } from '../experts/budget/prices.ts';
import type { ModelOptions } from '../experts/models/options.ts';
import { checkTenantModels, readBudgets, readPrices } from './budgets.ts';
import { choice, type Environment, integer } from './read.ts';
import type { TenantSettings } from './tenants.ts';

export interface ExpertSettings {
  /** How long an expert may take to answer a caller who gets no progress, in milliseconds. */
  readonly answerWithinMs: number;
  /** Whether clients are asked to let their user agree to what an expert proposes. */
  readonly asksClients: boolean;
  /** Undefined when nothing limits what they use. */
  readonly budgets: Budgets | undefined;
  /** Undefined when costs are not to be known. */
  readonly prices: PriceList | undefined;
}

/** @param model that they ask, or those of the tenants that name one of their own */
export function readExperts(
  env: Environment,
  model: ModelOptions,
  tenants: readonly TenantSettings[],
): ExpertSettings {
  checkTenantModels(model, tenants);
  return {
    // Common clients give a call up after 60 seconds, unless progress tells them to wait on.
    answerWithinMs: integer(env, 'EXPERT_SECONDS', { least: 10, most: 100, otherwise: 50 }) * 1_000,
    asksClients: choice(env, 'EXPERT_APPROVAL', ['ask', 'propose']) !== 'propose',
    budgets: readBudgets(env),
    prices: readPrices(env, model, tenants),
  };
}
