import type { Promotion } from '#contoso/rules/model';
import { addDays, nextSummer } from './calendar.ts';
import type { SeedContext } from './context.ts';

type Offer = Omit<Promotion, 'promotion_id'>;

/**
 * Running, upcoming and expired promotions. Exactly one that runs is open to a Gold customer whose subscription
 * is younger than 300 days: the fifth scenario depends on that.
 */
export function generatePromotions(context: SeedContext): Promotion[] {
  return [...running(context.asOf), ...upcoming(context.asOf), ...expired(context.asOf)].map((offer) => ({
    promotion_id: context.nextId('promotion'),
    ...offer,
  }));
}

function running(asOf: string): Offer[] {
  return [
    {
      name: 'Gold Loyalty Discount',
      description: '10 % off the monthly fee for Gold customers.',
      start_date: addDays(asOf, -30),
      end_date: addDays(asOf, 60),
      discount_percent: 10,
      loyalty_levels: ['Gold'],
      minimum_subscription_days: 0,
    },
    {
      name: 'Silver Thank You',
      description: '5 % off the monthly fee for Silver customers who have been with us for 90 days.',
      start_date: addDays(asOf, -20),
      end_date: addDays(asOf, 40),
      discount_percent: 5,
      loyalty_levels: ['Silver'],
      minimum_subscription_days: 90,
    },
    {
      name: 'Bronze Starter Offer',
      description: '8 % off the monthly fee for Bronze customers.',
      start_date: addDays(asOf, -10),
      end_date: addDays(asOf, 20),
      discount_percent: 8,
      loyalty_levels: ['Bronze'],
      minimum_subscription_days: 0,
    },
    {
      name: 'Long-standing Customer Bonus',
      description: '12 % off the monthly fee for every customer whose subscription is at least 300 days old.',
      start_date: addDays(asOf, -45),
      end_date: addDays(asOf, 45),
      discount_percent: 12,
      loyalty_levels: [],
      minimum_subscription_days: 300,
    },
  ];
}

function upcoming(asOf: string): Offer[] {
  const summer = nextSummer(asOf);
  return [
    {
      name: 'Gold Summer Discount',
      description: '20 % off the monthly fee for Gold customers through the summer.',
      start_date: summer,
      end_date: `${summer.slice(0, 4)}-08-31`,
      discount_percent: 20,
      loyalty_levels: ['Gold'],
      minimum_subscription_days: 0,
    },
    {
      name: 'Family Weeks',
      description: '7 % off the monthly fee of every plan.',
      start_date: addDays(asOf, 25),
      end_date: addDays(asOf, 55),
      discount_percent: 7,
      loyalty_levels: [],
      minimum_subscription_days: 0,
    },
  ];
}

function expired(asOf: string): Offer[] {
  return [
    {
      name: 'Gold Anniversary Discount',
      description: '15 % off the monthly fee for Gold customers.',
      start_date: addDays(asOf, -120),
      end_date: addDays(asOf, -31),
      discount_percent: 15,
      loyalty_levels: ['Gold'],
      minimum_subscription_days: 0,
    },
    {
      name: 'Fresh Start Weeks',
      description: '10 % off the monthly fee for Bronze and Silver customers.',
      start_date: addDays(asOf, -90),
      end_date: addDays(asOf, -60),
      discount_percent: 10,
      loyalty_levels: ['Bronze', 'Silver'],
      minimum_subscription_days: 0,
    },
  ];
}
