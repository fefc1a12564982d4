import * as z from 'zod';
import { NotFound } from '#platform/errors';
import { id } from '#platform/mcp/definitions/inputs';
import { readOnly } from '#platform/mcp/definitions/tool';
import { defineTool } from '../../define.ts';
import { catalog } from '../../labels.ts';
import { product } from '../../rules/model.ts';
import { formatMoney } from '../../rules/money.ts';

export const getProductDetail = defineTool({
  name: 'get_product_detail',
  title: 'One product',
  description:
    'Returns one product with its description, category and monthly fee. Use it when the product_id is known; to find it or to compare plans call get_products.',
  permission: 'catalog.read',
  progress: 'Looking at the plan',
  annotations: readOnly,
  labels: catalog,
  input: z.strictObject({ product_id: id('The product; get_products lists them.') }),
  output: product,
  example: ({ product }) => ({ product_id: product().product_id }),
  async handler({ product_id }, call) {
    const products = await call.store.catalog.products();
    const found = products.find((record) => record.product_id === product_id);
    if (found === undefined) {
      throw new NotFound(`There is no product ${product_id}; call get_products to see the products.`);
    }
    return found;
  },
  summary({ name, category, monthly_fee }) {
    return `${name} (${category}) costs ${formatMoney(monthly_fee)} a month.`;
  },
});
