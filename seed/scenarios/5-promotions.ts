import type { Promotion } from '#contoso/rules/model';
import { promotionStatus } from '#contoso/rules/promotions';
import { productIds } from '../generate/products.ts';
import { openAccount, usageUntil, usualInvoices } from './account.ts';
import { dayTexts } from './measures.ts';
import type { Scenario } from './scenario.ts';
import { changingTools } from './tools.ts';

/** A Gold customer for whom one promotion runs, one is to come and one is over. */
export const promotionsForGold: Scenario = {
  number: 5,
  customerId: 255,
  build(context) {
    const account = openAccount(
      context,
      { first_name: 'Ron', last_name: 'Doe', loyalty_level: 'Gold' },
      { product_id: productIds.mobile, speed_tier: '100Mbps', data_cap_gb: 20, age: 200 },
    );
    return {
      customers: [account.customer],
      subscriptions: [account.subscription],
      ...usualInvoices(context, account, 15, 50),
      usage: usageUntil(context, account, 1, []),
    };
  },
  answerKey({ asOf, customer, promotions }) {
    const ofStatus = (status: string) =>
      promotions.filter((offer) => isForGoldOnly(offer) && promotionStatus(offer, asOf) === status);
    const [running, upcoming, expired] = ['running', 'upcoming', 'expired'].map(ofStatus);
    return {
      scenario: 5,
      customer_id: customer.customer_id,
      title: 'Which promotions a Gold customer can have',
      questions: [
        `I am customer ${customer.customer_id}. Which promotions can I get?`,
        `Customer ${customer.customer_id} has heard about a summer discount. Is there anything for a Gold customer now?`,
      ],
      required_facts: [
        ...(running ?? []).map((offer) => ({
          statement: `"${offer.name}" is running and open to the customer.`,
          says: [offer.name],
        })),
        { statement: 'It takes 10 % off.', says: ['10 %', '10%', '10 percent'] },
        ...(upcoming ?? []).map((offer) => ({
          statement: `"${offer.name}" has not started; it begins on ${offer.start_date}.`,
          says: [...dayTexts(offer.start_date), 'not started', 'has not begun'],
        })),
      ],
      documents_to_cite: ['promotion-eligibility-guidelines'],
      forbidden_claims: [
        ...(upcoming ?? []).map((offer) => ({
          statement: 'The coming promotion is applied now.',
          says: [`${offer.name} is running`, `${offer.name} is available now`, '20% off now'],
        })),
        ...(expired ?? []).map((offer) => ({
          statement: 'The expired promotion is available.',
          says: [`${offer.name} is running`, `${offer.name} is available`],
        })),
      ],
      required_tools: ['get_eligible_promotions'],
      forbidden_tools: changingTools,
    };
  },
};

function isForGoldOnly(offer: Promotion): boolean {
  return offer.loyalty_levels.join() === 'Gold';
}
