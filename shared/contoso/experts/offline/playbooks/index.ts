import type { Playbook } from '#platform/experts/models/offline/offline-model';
import type { Intent } from '../intents.ts';
import { balance } from './balance.ts';
import { device } from './device.ts';
import { droppedCalls } from './dropped-calls.ts';
import { highInvoice } from './high-invoice.ts';
import { locked } from './locked.ts';
import { pay } from './pay.ts';
import { plans } from './plans.ts';
import { policy } from './policy.ts';
import { promotions } from './promotions.ts';
import { refund } from './refund.ts';
import { roaming } from './roaming.ts';
import { slowService } from './slow-service.ts';
import { suspended } from './suspended.ts';

/** How each kind of question is answered. */
export const playbooks: Readonly<Record<Intent, Playbook>> = {
  high_invoice: highInvoice,
  suspended,
  refund,
  pay,
  balance,
  locked,
  slow_service: slowService,
  roaming,
  promotions,
  dropped_calls: droppedCalls,
  plans,
  device,
  policy,
};
