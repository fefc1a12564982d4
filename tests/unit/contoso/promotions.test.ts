import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loyaltyLevels } from '#contoso/rules/model';
import { judgePromotions, promotionStatus } from '#contoso/rules/promotions';
import { aPromotion, aSubscription } from '../../support/small-records.ts';

const today = '2026-03-15';
const gold = { loyalty_level: 'Gold' as const, subscriptions: [aSubscription()] };

const day = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2028-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const anyPromotion = fc
  .record({
    dates: fc.tuple(day, day).map((pair) => pair.toSorted()),
    loyalty_levels: fc.subarray([...loyaltyLevels]),
    minimum_subscription_days: fc.constantFrom(0, 30, 90, 400),
  })
  .map(({ dates: [start_date = '', end_date = ''], ...rest }) =>
    aPromotion({ start_date, end_date, ...rest }),
  );
const anyApplicant = fc.record({
  loyalty_level: fc.constantFrom(...loyaltyLevels),
  subscriptions: fc.array(
    fc
      .record({ start_date: day, status: fc.constantFrom('active' as const, 'inactive' as const) })
      .map(aSubscription),
    { maxLength: 3 },
  ),
});

function reasonFor(promotion: ReturnType<typeof aPromotion>, applicant = gold): string | undefined {
  return judgePromotions([promotion], applicant, today).notEligible[0]?.reason;
}

test('the first and the last day are part of a promotion', () => {
  const promotion = aPromotion({ start_date: '2026-03-01', end_date: '2026-03-31' });
  expect(promotionStatus(promotion, '2026-02-28')).toBe('upcoming');
  expect(promotionStatus(promotion, '2026-03-01')).toBe('running');
  expect(promotionStatus(promotion, '2026-03-31')).toBe('running');
  expect(promotionStatus(promotion, '2026-04-01')).toBe('expired');
});

test('every refusal says why', () => {
  expect(reasonFor(aPromotion({ start_date: '2026-06-01', end_date: '2026-08-31' }))).toBe(
    'It has not started; it runs from 2026-06-01 to 2026-08-31.',
  );
  expect(reasonFor(aPromotion({ end_date: '2026-03-14' }))).toBe('It ended on 2026-03-14.');
  expect(reasonFor(aPromotion({ loyalty_levels: ['Silver', 'Bronze'] }))).toBe(
    "It is for loyalty level Silver or Bronze; the customer's level is Gold.",
  );
  expect(reasonFor(aPromotion({ minimum_subscription_days: 400 }))).toBe(
    'It asks for a subscription of at least 400 days; the oldest active one began on 2025-06-01.',
  );
});

test('a subscription that is not active does not count for its age', () => {
  const old = aSubscription({ status: 'inactive', start_date: '2020-01-01' });
  const applicant = { ...gold, subscriptions: [old, aSubscription({ start_date: today })] };
  expect(reasonFor(aPromotion({ minimum_subscription_days: 1 }), applicant)).toContain(today);
});

test('a suspended subscription receives none, whatever the criteria, until it is reinstated', () => {
  const applicant = { ...gold, subscriptions: [aSubscription({ status: 'inactive' })] };
  expect(reasonFor(aPromotion(), applicant)).toMatch(/^Suspended subscriptions do not receive promotions/);
  const reinstated = { ...gold, subscriptions: [aSubscription({ status: 'active' })] };
  expect(reasonFor(aPromotion(), reinstated)).toBeUndefined();
});

test('a subscription is old enough on the very day', () => {
  const began = (start_date: string) => ({ ...gold, subscriptions: [aSubscription({ start_date })] });
  const promotion = aPromotion({ minimum_subscription_days: 10 });
  expect(reasonFor(promotion, began('2026-03-05'))).toBeUndefined();
  expect(reasonFor(promotion, began('2026-03-06'))).toBeDefined();
});

test('every promotion is judged exactly once, and only running ones of the right level are eligible', () => {
  fc.assert(
    fc.property(fc.array(anyPromotion), anyApplicant, day, (some, applicant, onDay) => {
      const promotions = some.map((promotion, index) => ({ ...promotion, promotion_id: index + 1 }));
      const { eligible, notEligible } = judgePromotions(promotions, applicant, onDay);
      const judged = [...eligible, ...notEligible].map((one) => one.promotion_id).toSorted((a, b) => a - b);
      expect(judged).toEqual(promotions.map((one) => one.promotion_id));
      for (const promotion of eligible) {
        expect(promotionStatus(promotion, onDay)).toBe('running');
        expect(
          promotion.loyalty_levels.length === 0 || promotion.loyalty_levels.includes(applicant.loyalty_level),
        ).toBe(true);
      }
    }),
  );
});

test('a running promotion without criteria is for everybody who is not suspended', () => {
  fc.assert(
    fc.property(anyApplicant, (applicant) => {
      const { subscriptions } = applicant;
      const isSuspended =
        subscriptions.length > 0 && !subscriptions.some(({ status }) => status === 'active');
      expect(judgePromotions([aPromotion()], applicant, today).eligible).toHaveLength(isSuspended ? 0 : 1);
    }),
  );
});
