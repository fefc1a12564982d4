import type { OfflinePlans, Plan } from '#platform/experts/models/offline/offline-model';
import { expertDefinitions } from '../../domains.ts';
import { capabilities, fillers, type Lookup } from '../capabilities/index.ts';
import { withoutRecords } from '../slots/names.ts';
import { balance, lateFees, overdue } from './balance.ts';
import { changeSubscription } from './change-subscription.ts';
import { device } from './device.ts';
import { droppedCalls } from './dropped-calls.ts';
import { highInvoice } from './high-invoice.ts';
import { incidents } from './incidents.ts';
import { invoices } from './invoices.ts';
import { locked } from './locked.ts';
import { orders } from './orders.ts';
import { pay } from './pay.ts';
import { payments } from './payments.ts';
import { products } from './products.ts';
import { profile } from './profile.ts';
import { promotions } from './promotions.ts';
import { refund } from './refund.ts';
import { roaming } from './roaming.ts';
import { anythingElse, rulePlans } from './rules.ts';
import { securityEvents } from './security-events.ts';
import { slowService } from './slow-service.ts';
import { subscription } from './subscription.ts';
import { suspended } from './suspended.ts';
import { openTicket, tickets } from './tickets.ts';
import { usage } from './usage.ts';

const lookupPlans: Readonly<Record<Lookup, Plan>> = {
  balance,
  overdue,
  late_fee: lateFees,
  invoices,
  payments,
  high_invoice: highInvoice,
  suspended,
  refund,
  orders,
  pay,
  locked,
  security_events: securityEvents,
  profile,
  tickets,
  open_ticket: openTicket,
  subscription,
  usage,
  slow_service: slowService,
  incidents,
  roaming,
  promotions,
  dropped_calls: droppedCalls,
  products,
  change_subscription: changeSubscription,
  device,
};

/** What this business's experts do without a language model. */
export const offlinePlans: OfflinePlans = {
  experts: expertDefinitions,
  capabilities,
  fillers,
  bare: withoutRecords,
  plans: { ...lookupPlans, ...rulePlans },
  anythingElse,
};
