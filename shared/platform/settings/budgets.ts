import * as z from 'zod';
import type { Budgets, DailyBudget } from '../experts/budget/budgets.ts';
import type { PriceList } from '../experts/budget/prices.ts';
import type { ModelOptions } from '../experts/models/options.ts';
import { type Environment, integer, SettingsError, text } from './read.ts';
import type { TenantSettings } from './tenants.ts';

/** What experts may use in a day; undefined when nothing limits them. */
export function readBudgets(env: Environment): Budgets | undefined {
  const user = readBudget(env, 'QUESTIONS_PER_USER', 'TOKENS_PER_USER');
  const tenant = readBudget(env, 'QUESTIONS_PER_TENANT', 'TOKENS_PER_TENANT');
  return isEmpty(user) && isEmpty(tenant) ? undefined : { user, tenant };
}

function readBudget(env: Environment, questions: string, tokens: string): DailyBudget {
  return {
    ...limit(env, 'questions', questions, { least: 1, most: 10_000_000 }),
    ...limit(env, 'tokens', tokens, { least: 1_000, most: 1_000_000_000_000 }),
  };
}

function limit<Name extends string>(
  env: Environment,
  name: Name,
  setting: string,
  bounds: { readonly least: number; readonly most: number },
): { [Key in Name]?: number } {
  return text(env, setting) === undefined
    ? {}
    : ({ [name]: integer(env, setting, { ...bounds, otherwise: bounds.most }) } as { [Key in Name]: number });
}

function isEmpty({ questions, tokens }: DailyBudget): boolean {
  return questions === undefined && tokens === undefined;
}

const price = z.number().nonnegative().max(1_000_000);
const pricesSchema = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be three capitals such as EUR'),
  models: z.record(z.string().min(1), z.strictObject({ input: price, output: price })),
});

const example = '{"currency":"EUR","models":{"gpt-5-mini":{"input":0.25,"output":2}}}';

/** The price list of MODEL_PRICES; every chat model that is asked must have a price. */
export function readPrices(
  env: Environment,
  model: ModelOptions,
  tenants: readonly TenantSettings[],
): PriceList | undefined {
  const value = text(env, 'MODEL_PRICES');
  if (value === undefined) {
    return undefined;
  }
  const parsed = pricesSchema.safeParse(parseJson(value));
  if (!parsed.success) {
    const where = parsed.error.issues.map(
      ({ path, message }) => `${path.join('.') || 'the list'}: ${message}`,
    );
    throw new SettingsError(
      `MODEL_PRICES is not right (${where.join('; ')}); it must be prices for a million tokens such as ${example}.`,
    );
  }
  const missing = chatModelsOf(model, tenants).find((name) => !Object.hasOwn(parsed.data.models, name));
  if (missing !== undefined) {
    throw new SettingsError(`MODEL_PRICES has no price of ${missing}, which is asked; add it.`);
  }
  return parsed.data;
}

/** Names of the chat models or deployments that a deployment asks: its own, and those of its tenants. */
export function chatModelsOf(model: ModelOptions, tenants: readonly TenantSettings[]): readonly string[] {
  if (model.kind === 'offline') {
    return [];
  }
  const own = model.kind === 'azure' ? model.chatDeployment : model.chatModel;
  return [...new Set(tenants.map((tenant) => tenant.model ?? own))];
}

/** A tenant's own deployment lies at the same resource or server: without one there is nothing to name. */
export function checkTenantModels(model: ModelOptions, tenants: readonly TenantSettings[]): void {
  const first = tenants.find((tenant) => tenant.model !== undefined);
  if (first !== undefined && model.kind === 'offline') {
    throw new SettingsError(
      `TENANTS names the model ${first.model} for ${first.slug}, but no language model is configured; set AZURE_OPENAI_ENDPOINT or OPENAI_BASE_URL, or leave it out.`,
    );
  }
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw new SettingsError(`MODEL_PRICES is not JSON; it must be prices such as ${example}.`);
  }
}
