import type * as z from 'zod';
import { formatMoney } from '#contoso/rules/money';
import { getProducts } from '#contoso/tools/catalog/get-products';
import { counted } from '#platform/counted';
import { wordsOf } from '#platform/experts/models/offline/capabilities';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { largestOf, listed, operationsIn } from '#platform/experts/models/offline/operations';
import { ask, one, type Steps } from '#platform/experts/models/offline/steps';
import { facts, lines } from './facts.ts';

export type Product = z.output<typeof getProducts.output>['products'][number];

const categories: readonly (readonly [Product['category'], RegExp])[] = [
  ['mobile', /\bmobile\b/i],
  ['internet', /\binternet\b/i],
  ['bundle', /\bbundles?\b/i],
  ['addon', /\b(?:add-?on|abroad|roaming|pack)\b/i],
];
const withoutLimit =
  /\b(?:without (?:a )?(?:data )?(?:limit|cap)|no (?:data )?(?:limit|cap)|unlimited|uncapped)\b/i;
/** Words of every name. */
const common = new Set(['contoso', 'plan', 'international']);
const kindWords = new Set(['mobile', 'internet', 'bundle', 'roaming']);

/** What is sold and what it costs: one, a comparison, the cheapest, those without a limit, or all. */
export function* products(about: Case): Steps<Draft> {
  const [question = ''] = about.said;
  const said = about.said.join(' ');
  const operations = operationsIn(question);
  const { products: every } = yield* one(ask(getProducts, {}));
  const named = productsIn(said, question, every);
  const [first, second] = named;
  if (first !== undefined && second !== undefined && named.length === 2) {
    const [more, less] = [first, second].toSorted((a, b) => b.monthly_fee - a.monthly_fee);
    const difference = formatMoney((more?.monthly_fee ?? 0) - (less?.monthly_fee ?? 0));
    return facts(
      `${more?.name} costs ${difference} a month more than ${less?.name}: ${formatMoney(more?.monthly_fee ?? 0)} against ${formatMoney(less?.monthly_fee ?? 0)}.`,
    );
  }
  if (first !== undefined && named.length === 1) {
    return facts(describe(first));
  }
  const kind = categories.find(([, words]) => words.test(said))?.[0];
  const ofKind = every.filter(({ category }) => kind === undefined || category === kind);
  const fitting = withoutLimit.test(said)
    ? ofKind.filter(({ description }) => /without a cap|no data cap/i.test(description))
    : ofKind;
  const price = ({ monthly_fee }: Product) => monthly_fee;
  const best = operations.smallest
    ? largestOf(fitting, (product) => -price(product))
    : operations.largest
      ? largestOf(fitting, price)
      : undefined;
  if (best !== undefined) {
    return facts(`The ${operations.smallest ? 'cheapest' : 'most expensive'} is: ${describe(best)}`);
  }
  return facts(
    lines([
      `${counted(fitting.length, 'product fits', 'products fit')}:`,
      listed(fitting.map(describe), '\n'),
    ]),
  );
}

function describe({ name, monthly_fee, description }: Product): string {
  return `${name}, ${formatMoney(monthly_fee)} a month: ${description}`;
}

/** Products whose own words are in a question; a kind such as "mobile" decides between those that share a word. */
export function productsIn(said: string, question: string, every: readonly Product[]): Product[] {
  const own = (text: string) => {
    const words = new Set(wordsOf(text));
    return every.filter(({ name, category }) => {
      const special = wordsOf(name).filter((word) => !common.has(word) && !kindWords.has(word));
      return special.length > 0
        ? special.some((word) => words.has(word))
        : category !== 'addon' &&
            words.has('plan') &&
            words.has(category) &&
            !/which|compare|cheapest|plans/i.test(text);
    });
  };
  const named = own(question);
  const kinds = [question, said].map((text) =>
    categories.filter(([, words]) => words.test(text)).map(([kind]) => kind),
  );
  const kind = kinds.find((found) => found.length > 0) ?? [];
  const narrowed = named.filter(({ category }) => kind.includes(category));
  return narrowed.length > 0 ? narrowed : named;
}
