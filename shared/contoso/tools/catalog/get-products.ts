import * as z from 'zod';
import { counted } from '#platform/counted';
import { oneOf } from '#platform/mcp/definitions/inputs';
import { readOnly } from '#platform/mcp/definitions/tool';
import { defineTool } from '../../define.ts';
import { catalog } from '../../labels.ts';
import { product, productCategories } from '../../rules/model.ts';

export const getProducts = defineTool({
  name: 'get_products',
  title: 'Products and prices',
  description:
    'Returns the products that are sold, with monthly fees, all or of one category. Use it to compare plans and to find a product_id; for one known product call get_product_detail.',
  permission: 'catalog.read',
  progress: 'Looking at the plans and prices',
  annotations: readOnly,
  labels: catalog,
  input: z.strictObject({
    category: oneOf(productCategories, 'Only this category; leave it out for all.').optional(),
  }),
  output: z.object({ products: z.array(product) }),
  example: () => ({}),
  async handler({ category }, call) {
    const products = await call.store.catalog.products();
    return { products: products.filter((record) => category === undefined || record.category === category) };
  },
  summary({ products }) {
    return products.length === 0
      ? 'There are no such products.'
      : `${counted(products.length, 'product')}: ${products.map((record) => record.name).join(', ')}.`;
  },
});
