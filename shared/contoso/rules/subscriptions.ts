import { InvalidInput } from '#platform/errors';
import type { Product, Subscription } from './model.ts';

/** The fields of a subscription that can be changed. Everything else, such as its owner, is fixed. */
export const updatableFields = [
  'roaming_enabled',
  'status',
  'service_status',
  'product_id',
  'start_date',
  'end_date',
  'autopay_enabled',
  'speed_tier',
  'data_cap_gb',
] as const satisfies readonly (keyof Subscription)[];
export type UpdatableField = (typeof updatableFields)[number];

/** New values; a field that is missing or undefined stays as it is. */
export type SubscriptionUpdate = { readonly [Field in UpdatableField]?: Subscription[Field] | undefined };

export interface UpdatedSubscription {
  readonly subscription: Subscription;
  /** The fields whose value is now another one; empty when everything asked for was so already. */
  readonly updatedFields: UpdatableField[];
}

/**
 * Applies new values and checks the result as a whole.
 * @param products the catalog; needed only when the update names a product.
 * @throws InvalidInput when nothing is asked for, when the subscription would end before it starts, or when the
 * product is unknown or an add-on, which cannot be a plan.
 */
export function updateSubscription(
  current: Subscription,
  update: SubscriptionUpdate,
  products: readonly Product[],
): UpdatedSubscription {
  const asked = updatableFields.filter((field) => update[field] !== undefined);
  if (asked.length === 0) {
    throw new InvalidInput(`Name at least one field to change: ${updatableFields.join(', ')}.`);
  }
  const updatedFields = asked.filter((field) => update[field] !== current[field]);
  const changes = Object.fromEntries(updatedFields.map((field) => [field, update[field]]));
  const subscription: Subscription = { ...current, ...changes };
  if (updatedFields.includes('start_date') || updatedFields.includes('end_date')) {
    checkDates(subscription);
  }
  if (updatedFields.includes('product_id')) {
    checkPlan(subscription.product_id, products);
  }
  return { subscription, updatedFields };
}

function checkDates({ start_date, end_date }: Subscription): void {
  if (end_date <= start_date) {
    throw new InvalidInput(
      `The subscription would run from ${start_date} to ${end_date}; choose an end_date after the start_date.`,
    );
  }
}

function checkPlan(productId: number, products: readonly Product[]): void {
  const plan = products.find((product) => product.product_id === productId);
  if (plan === undefined) {
    throw new InvalidInput(`There is no product ${productId}; call get_products to see the plans.`);
  }
  if (plan.category === 'addon') {
    throw new InvalidInput(
      `Product ${productId} is an add-on and cannot be a plan; choose a mobile, internet or bundle product.`,
    );
  }
}
