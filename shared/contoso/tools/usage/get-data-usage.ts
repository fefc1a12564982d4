import * as z from 'zod';
import { counted } from '#platform/counted';
import { date, flag, id } from '#platform/mcp/definitions/inputs';
import { readOnly } from '#platform/mcp/definitions/tool';
import { defineTool } from '../../define.ts';
import { figures } from '../../labels.ts';
import { usageDay } from '../../rules/model.ts';
import { checkUsageRange, longestUsageRangeDays, usageTotals } from '../../rules/usage.ts';
import { ownerOfSubscription } from '../lookups.ts';

export const getDataUsage = defineTool({
  name: 'get_data_usage',
  title: 'Data, voice and SMS usage',
  description: `Returns what a subscription used in a range of days, both ends included, at most ${longestUsageRangeDays} days: day by day in records, oldest first, or summed in totals when aggregate is true; the other of the two is empty. Use it with aggregate to compare usage with the data cap that get_subscription_detail shows.`,
  permission: 'usage.read',
  progress: 'Looking at the data usage',
  annotations: readOnly,
  labels: figures,
  input: z.strictObject({
    subscription_id: id('The subscription; get_customer_detail lists them.'),
    start_date: date('First day, YYYY-MM-DD.'),
    end_date: date('Last day, YYYY-MM-DD; not before the start_date.'),
    aggregate: flag('true for totals instead of days.').default(false),
  }),
  output: z.object({
    records: z
      .array(usageDay)
      .describe('One entry for each day with usage; empty when totals were asked for.'),
    totals: z
      .object({
        data_used_mb: z.number().min(0),
        voice_minutes: z.int().min(0),
        sms_count: z.int().min(0),
        days: z.int().min(0).describe('Days on which usage was recorded.'),
      })
      .nullable()
      .describe('The sum over the range; null when days were asked for.'),
  }),
  example: ({ subscription, days }) => ({ subscription_id: subscription().subscription_id, ...days() }),
  async handler({ subscription_id, start_date, end_date, aggregate }, call) {
    checkUsageRange(start_date, end_date);
    await ownerOfSubscription(call, subscription_id);
    const records = await call.store.usage.between(subscription_id, start_date, end_date);
    return aggregate ? { records: [], totals: usageTotals(records) } : { records, totals: null };
  },
  summary({ records, totals }) {
    const { data_used_mb, voice_minutes, sms_count, days } = totals ?? usageTotals(records);
    return `${counted(days, 'day')} of usage: ${data_used_mb} MB of data, ${counted(voice_minutes, 'voice minute')}, ${sms_count} SMS.`;
  },
});
