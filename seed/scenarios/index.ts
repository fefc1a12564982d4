import type { SeedContext } from '../generate/context.ts';
import type { Dataset } from '../writing/dataset.ts';
import { highInvoice } from './1-high-invoice.ts';
import { slowInternet } from './2-slow-internet.ts';
import { roamingInTwoDays } from './3-roaming-in-two-days.ts';
import { lockedAccount } from './4-locked-account.ts';
import { promotionsForGold } from './5-promotions.ts';
import { lateRefund } from './6-late-refund.ts';
import { droppedCalls } from './7-dropped-calls.ts';
import { suspendedService } from './8-suspended-service.ts';
import { overTheCap } from './9-over-the-cap.ts';
import type { AnswerKey } from './answer-key.ts';
import { type Scenario, storyOf } from './scenario.ts';

/** In the order of their customers' ids, 251 to 259. */
export const scenarios: readonly Scenario[] = [
  highInvoice,
  slowInternet,
  roamingInTwoDays,
  lockedAccount,
  promotionsForGold,
  lateRefund,
  droppedCalls,
  suspendedService,
  overTheCap,
];

/** The records of every scenario; called once the generated records have their ids. */
export function buildScenarios(context: SeedContext): Partial<Dataset>[] {
  return scenarios.map((scenario) => scenario.build(context));
}

/** The right answers for a dataset that was generated for `asOf`. */
export function answerKeys(dataset: Dataset, asOf: string): AnswerKey[] {
  return scenarios.map((scenario) => scenario.answerKey(storyOf(dataset, asOf, scenario.customerId)));
}
