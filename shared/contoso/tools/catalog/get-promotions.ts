import * as z from 'zod';
import { counted } from '#platform/counted';
import { dayOf } from '#platform/dates';
import { readOnly } from '#platform/mcp/definitions/tool';
import { defineTool } from '../../define.ts';
import { catalog } from '../../labels.ts';
import { promotion } from '../../rules/model.ts';
import { promotionStatus, promotionStatuses } from '../../rules/promotions.ts';

export const getPromotions = defineTool({
  name: 'get_promotions',
  title: 'All promotions',
  description:
    'Returns every promotion with its terms and whether it is running, upcoming or expired today. Use it for questions about promotions in general; to know what one customer can have call get_eligible_promotions.',
  permission: 'catalog.read',
  progress: 'Looking at the promotions',
  annotations: readOnly,
  labels: catalog,
  input: z.strictObject({}),
  output: z.object({ promotions: z.array(promotion.extend({ status: z.enum(promotionStatuses) })) }),
  example: () => ({}),
  async handler(_input, call) {
    const today = dayOf(call.now());
    const promotions = await call.store.catalog.promotions();
    return {
      promotions: promotions.map((record) => ({ ...record, status: promotionStatus(record, today) })),
    };
  },
  summary({ promotions }) {
    const counts = promotionStatuses.map(
      (status) => `${promotions.filter((record) => record.status === status).length} ${status}`,
    );
    return `${counted(promotions.length, 'promotion')}: ${counts.join(', ')}.`;
  },
});
