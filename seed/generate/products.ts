import type { Product } from '#contoso/rules/model';
import type { SeedContext } from './context.ts';

type Plan = Omit<Product, 'product_id'>;

/** Names that scenarios and subscriptions refer to; the ids are fixed by the order of the catalog. */
export const productIds = { mobile: 1, internet: 2, bundle: 3, roaming: 4 } as const;

/** The four products that customers have, then the larger plans to which they can move. */
export function generateProducts(context: SeedContext): Product[] {
  return [...basicPlans(context.company), ...largerPlans(context.company)].map((plan) => ({
    product_id: context.nextId('product'),
    ...plan,
  }));
}

function basicPlans(company: string): Plan[] {
  return [
    {
      name: `${company} Mobile Plan`,
      description: 'Calls, texts and mobile data with a cap of 10 or 20 GB a cycle; larger caps on request.',
      category: 'mobile',
      monthly_fee: 50,
    },
    {
      name: `${company} Internet Plan`,
      description: 'Home internet from 50 Mbps to 1 Gbps with a choice of data caps.',
      category: 'internet',
      monthly_fee: 60,
    },
    {
      name: `${company} Bundle Plan`,
      description: 'Mobile and home internet on one invoice.',
      category: 'bundle',
      monthly_fee: 90,
    },
    {
      name: `${company} International Roaming`,
      description: 'Add-on for mobile and bundle plans: 5 GB, 100 minutes and 100 texts abroad, for 30 days.',
      category: 'addon',
      monthly_fee: 20,
    },
  ];
}

function largerPlans(company: string): Plan[] {
  return [
    {
      name: `${company} Mobile Plus`,
      description: 'Calls, texts and 50 GB of mobile data a cycle.',
      category: 'mobile',
      monthly_fee: 65,
    },
    {
      name: `${company} Mobile Unlimited`,
      description: 'Calls, texts and mobile data without a cap.',
      category: 'mobile',
      monthly_fee: 80,
    },
    {
      name: `${company} Internet Unlimited`,
      description: 'Home internet with 500 Mbps and no data cap.',
      category: 'internet',
      monthly_fee: 75,
    },
    {
      name: `${company} Internet Gigabit`,
      description: 'Home internet with 1 Gbps and no data cap.',
      category: 'internet',
      monthly_fee: 95,
    },
  ];
}
