import type * as z from 'zod';
import { findCustomer } from '#contoso/experts/offline/slots/customers';
import { chooseSubscription } from '#contoso/experts/offline/slots/subscriptions';
import { speedTiers } from '#contoso/rules/model';
import { getProducts } from '#contoso/tools/catalog/get-products';
import { getSubscriptionDetail } from '#contoso/tools/subscriptions/get-subscription-detail';
import { updateSubscription } from '#contoso/tools/subscriptions/update-subscription';
import { askForChange } from '#platform/experts/models/offline/change';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { ask, NeedsInput, NobodyNamed, one, type Steps } from '#platform/experts/models/offline/steps';
import { numbersIn } from '../slots/numbers.ts';
import { productsIn } from './products.ts';

type Update = z.input<typeof updateSubscription.input>['update'];

const off = /\b(?:off|disable|deactivate|stop|cancel|remove|without)\b/i;

/** A change that was asked for in so many words: roaming, autopay, cap, speed or plan. */
export function* changeSubscription(about: Case): Steps<Draft> {
  const said = about.said.join(' ');
  const subscription_id = yield* whichSubscription(about, said);
  const update = switched(said) ?? (yield* otherPlan(about, said, subscription_id));
  if (update === undefined) {
    throw new NeedsInput(
      `Nothing was changed: it is not clear what should change on subscription ${subscription_id}.`,
      'Which plan, cap or speed should it be, or should roaming or autopay be switched?',
    );
  }
  const what = Object.entries(update).map(
    ([field, value]) => `${field.replaceAll('_', ' ')} ${String(value)}`,
  );
  return yield* askForChange(
    ask(updateSubscription, { subscription_id, update }),
    `the change of subscription ${subscription_id} to ${what.join(', ')}`,
  );
}

function* whichSubscription(about: Case, said: string): Steps<number> {
  const [named] = numbersIn(said).subscriptions;
  try {
    const customer = yield* findCustomer(about);
    return chooseSubscription(customer, said).subscription_id;
  } catch (error) {
    if (named === undefined || !(error instanceof NobodyNamed)) {
      throw error;
    }
    return (yield* one(ask(getSubscriptionDetail, { subscription_id: named }))).subscription_id;
  }
}

function switched(said: string): Update | undefined {
  if (/\broam/i.test(said)) {
    return { roaming_enabled: !off.test(said) };
  }
  if (/\bauto-?pay/i.test(said)) {
    return { autopay_enabled: !off.test(said) };
  }
  const gigabytes = /\b(\d{1,6})\s*(?:gb|gigs?|gigabytes?)\b/i.exec(said)?.[1];
  if (/\bcap\b|allowance/i.test(said) && gigabytes !== undefined) {
    return { data_cap_gb: Number(gigabytes) };
  }
  if (/\b(?:lift|no|remove|drop)\b.{0,15}\bcap\b/i.test(said)) {
    return { data_cap_gb: 'unlimited' };
  }
  const tier = speedTiers.find((one_) => said.toLowerCase().replace(/\s/g, '').includes(one_.toLowerCase()));
  return tier === undefined ? undefined : { speed_tier: tier };
}

/** The plan that is named; one of the kind that the customer has, where several have the name. */
function* otherPlan(about: Case, said: string, subscription_id: number): Steps<Update | undefined> {
  const { products } = yield* one(ask(getProducts, {}));
  const held = yield* one(ask(getSubscriptionDetail, { subscription_id }));
  const plans = products.filter(({ category }) => category !== 'addon');
  const named = productsIn(said, about.said.at(-1) ?? said, plans);
  const ofKind = named.filter(({ category }) => category === held.product.category);
  const [only] = named.length > 1 ? ofKind : named;
  return only === undefined || (named.length > 1 && ofKind.length > 1)
    ? undefined
    : { product_id: only.product_id };
}
