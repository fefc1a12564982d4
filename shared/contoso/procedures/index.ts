import { dataOverage } from './data-overage.ts';
import type { Procedure } from './define.ts';
import { droppedCalls } from './dropped-calls.ts';
import { highInvoice } from './high-invoice.ts';
import { lateRefund } from './late-refund.ts';
import { lockedAccount } from './locked-account.ts';
import { promotions } from './promotions.ts';
import { roaming } from './roaming.ts';
import { slowService } from './slow-service.ts';
import { suspendedService } from './suspended-service.ts';

/** What clients are served as skills, in the order in which they see them. */
export const procedures: readonly Procedure[] = [
  highInvoice,
  dataOverage,
  suspendedService,
  lateRefund,
  lockedAccount,
  slowService,
  droppedCalls,
  roaming,
  promotions,
];
