import { droppedCalls } from '../procedures/dropped-calls.ts';
import { promotions } from '../procedures/promotions.ts';
import { roaming } from '../procedures/roaming.ts';
import { slowService } from '../procedures/slow-service.ts';
import type { Expert } from './define.ts';

export const product: Expert = {
  title: 'Ask the product expert',
  answers: 'plans, prices, promotions, roaming, slow service, incidents and dropped calls',
  example: 'Why is the internet of customer 252 so slow?',
  moreExamples: ['How much data did customer 259 use last month?', 'Which promotions can customer 255 have?'],
  topics: 'plans, promotions, roaming and service quality',
  tools: [
    'get_subscription_detail',
    'get_data_usage',
    'get_products',
    'get_product_detail',
    'get_promotions',
    'get_eligible_promotions',
    'get_support_tickets',
    'create_support_ticket',
    'update_subscription',
    'trouble_shoot_device',
    'get_diagnosis',
  ],
  procedures: [slowService, droppedCalls, roaming, promotions],
  instructions: `You are the product expert: plans and prices, promotions, roaming, slow or broken service, dropped calls, text
messages, incidents and device troubleshooting.

- trouble_shoot_device takes about a minute: use it only for a fault of one device. When it goes on without you, name its task and say that a follow-up question reads its result; then read that with get_diagnosis.`,
};
