import { formatMoney } from '#contoso/rules/money';
import { getProducts } from '#contoso/tools/catalog/get-products';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { ask, one, type Steps } from '#platform/experts/models/offline/steps';

const categories = ['mobile', 'internet', 'bundle'] as const;

/** What is sold and what it costs, all of it or the kind that was named. */
export function* plans({ transcript }: Case): Steps<Draft> {
  const category = categories.find((name) => transcript.question.toLowerCase().includes(name));
  const { products } = yield* one(ask(getProducts, category === undefined ? {} : { category }));
  return {
    status: 'done',
    headline: category === undefined ? 'These products are sold:' : `These ${category} products are sold:`,
    findings: products.map(
      ({ name, monthly_fee, description }) => `${name}, ${formatMoney(monthly_fee)} a month: ${description}`,
    ),
  };
}
