import type { Plant } from './assemble.ts';

const file = 'shared/contoso/tools/billing/pay-invoice.ts';

/** A write that is left out: what was answered is not kept under the caller's key. */
export const leftOut: Plant = {
  file,
  replace: '...receiptFor(receiptKeyOf(call, idempotency_key), digest, answer),',
  by: '',
};

/** A write that is split in two: the payment stands there before its kept answer does. */
export const splitInTwo: Plant = {
  file,
  replace: "{ insert: 'payment', value: payment },",
  by: "{ insert: 'payment', value: payment }]); await call.store.accounts.commit(customerId, [",
};
