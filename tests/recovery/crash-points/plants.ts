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

/** A mark that is gone before the change: nothing tells that the index does not say so yet. */
export const unmarked: Plant = {
  file: 'shared/contoso/stores/search/search-index.ts',
  replace: 'await commit();',
  by: 'await removeMarks(table, [mark]); await commit();',
};

const second = 1_000;

/** Shorter times, after which the engine carries out what a process left behind. */
export const shortened: readonly Plant[] = [
  {
    file: 'shared/platform/approvals/settle.ts',
    replace: 'const firstTryMs = 15_000;',
    by: `const firstTryMs = ${1.5 * second};`,
  },
  {
    file: 'shared/platform/approvals/await-decision.ts',
    replace: 'const looksMs = [20 * second, 60 * second,',
    by: 'const looksMs = [2 * second, 4 * second,',
  },
];
