import { InvalidInput } from '#platform/errors';
import type { Product } from '../../rules/model.ts';
import { normalize, type Wanted } from './wanted.ts';

const planPattern = /^plan:\s*(\S.*)$/;
/** Plans that are named to whoever has to choose. */
const mostNamed = 12;

/**
 * What a search for a plan is for; undefined for any other search. A plan is named by its id, or by the beginning of its name.
 * @param products the catalog, which is read for such a search only
 * @throws InvalidInput when no plan has that name, or several begin so
 */
export async function wantedPlan(
  search: string,
  products: () => Promise<readonly Product[]>,
): Promise<Wanted | undefined> {
  const asked = planPattern.exec(normalize(search))?.[1];
  return asked === undefined ? undefined : { kind: 'plan', plan: planNamed(asked, await products()) };
}

function planNamed(asked: string, products: readonly Product[]): number {
  if (/^\d{1,10}$/.test(asked)) {
    return Number(asked);
  }
  const named = products.map(({ product_id, name }) => ({ product_id, name, text: normalize(name) }));
  const begin = named.filter(({ text }) => text.startsWith(asked));
  const exact = begin.filter(({ text }) => text === asked);
  const [only, ...others] = exact.length > 0 ? exact : begin;
  if (only === undefined) {
    throw new InvalidInput('No plan has a name that begins so; call get_products to see the plans.');
  }
  if (others.length > 0) {
    const names = begin.slice(0, mostNamed).map(({ product_id, name }) => `${name} (plan: ${product_id})`);
    throw new InvalidInput(`Several plans begin so; search for one of them: ${names.join(', ')}.`);
  }
  return only.product_id;
}
