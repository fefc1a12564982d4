import { findCustomer } from '#contoso/experts/offline/slots/customers';
import { chooseSubscription } from '#contoso/experts/offline/slots/subscriptions';
import { roaming as procedure } from '#contoso/procedures/roaming';
import { formatMoney } from '#contoso/rules/money';
import { getProducts } from '#contoso/tools/catalog/get-products';
import { getSubscriptionDetail } from '#contoso/tools/subscriptions/get-subscription-detail';
import { updateSubscription } from '#contoso/tools/subscriptions/update-subscription';
import { counted } from '#platform/counted';
import { daysBetween } from '#platform/dates';
import { dayIn } from '#platform/experts/models/offline/calendar';
import { askForChange } from '#platform/experts/models/offline/change';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { Sources } from '#platform/experts/models/offline/sources';
import { all, ask, type Steps } from '#platform/experts/models/offline/steps';
import { search } from '../search.ts';

const { options, cutOffTimes } = procedure.documents;

const agrees = /^\W*(?:yes|yep|yeah|sure|ok|okay|please do|do it)\b/i;

/** A journey abroad: whether roaming is on, what it costs, and whether there is time; the documents differ on that. */
export function* roaming(about: Case): Steps<Draft> {
  const { transcript, today } = about;
  const customer = yield* findCustomer(about);
  const held = chooseSubscription(customer, transcript.question, ({ product_name }) =>
    /mobile|bundle/i.test(product_name),
  );
  const [detail, { products }, ...found] = yield* all(
    ask(getSubscriptionDetail, { subscription_id: held.subscription_id }),
    ask(getProducts, { category: 'addon' }),
    search('international roaming add-on options activate before departure'),
    search('roaming late activation cut-off hours pro-rated'),
  );
  if (!detail.roaming_enabled && about.said.length > 1 && agrees.test(about.said[0] ?? '')) {
    const { subscription_id } = detail;
    const change = ask(updateSubscription, { subscription_id, update: { roaming_enabled: true } });
    return yield* askForChange(change, `roaming on subscription ${subscription_id}`);
  }
  const sources = new Sources(...found);
  const addOn = products.find(({ name }) => /roaming/i.test(name));
  const departure = [transcript.question, ...transcript.earlier]
    .map((text) => dayIn(text, today))
    .find((day) => day !== undefined);
  const noticeDays = sources.number(options, /at least (\d+) days before departure/);
  const days = departure === undefined ? undefined : daysBetween(today, departure);
  const isShort = days !== undefined && noticeDays !== undefined && days < noticeDays;
  return {
    status: 'done',
    headline: `Roaming is ${detail.roaming_enabled ? 'active' : 'not active'} on subscription ${detail.subscription_id} (${detail.product.name}) of customer ${customer.customer_id} (${customer.first_name} ${customer.last_name}).`,
    findings: detail.roaming_enabled
      ? ['The phone works abroad; without the add-on, use is paid for by the megabyte, minute and text.']
      : [
          ...departureFinding(departure, days),
          ...sources.quote(options, /days before departure/),
          ...sources.quote(cutOffTimes, /within \d+ hours of the request/),
          ...(isShort
            ? [
                `The two documents disagree about requests that come less than ${counted(noticeDays, 'day')} ahead: the first does not accept them, the second allows a late activation within 24 hours. Have it confirmed before you promise it.`,
              ]
            : []),
        ],
    options: [
      ...(addOn === undefined
        ? []
        : [`${addOn.name} costs ${formatMoney(addOn.monthly_fee)}. ${addOn.description}`]),
      ...sources.quote(cutOffTimes, /pro-rated/, /subscription is active/),
    ],
    citations: sources.citations,
    ...(detail.roaming_enabled
      ? {}
      : {
          followUp: `Shall roaming be switched on for subscription ${detail.subscription_id}? Say yes, and the change is proposed.`,
        }),
  };
}

function departureFinding(departure: string | undefined, days: number | undefined): string[] {
  return departure === undefined || days === undefined
    ? []
    : [`The departure is on ${departure}, in ${counted(days, 'day')}.`];
}
