import type { TokenUse } from '../../telemetry/model-use.ts';

/** What tokens cost, as an operator has agreed with whoever runs the models. */
export interface PriceList {
  /** ISO 4217, such as `EUR`. */
  readonly currency: string;
  /** By name of the model or deployment, for a million tokens. */
  readonly models: Readonly<Record<string, { readonly input: number; readonly output: number }>>;
}

const tokensPerPrice = 1_000_000;

/** What a turn cost, in the list's currency; undefined for a model that has no price. */
export function costOf({ models }: PriceList, model: string, used: TokenUse): number | undefined {
  const price = Object.hasOwn(models, model) ? models[model] : undefined;
  return price && (used.inputTokens * price.input + used.outputTokens * price.output) / tokensPerPrice;
}
