import type { Capability } from '#platform/experts/models/offline/capabilities';

/** A rule, or what to do in general: where it is written. */
export interface Rule extends Capability {
  /** Title of the document. */
  readonly title: string;
  /** Words of the passage that is the answer, as a search. */
  readonly passage: string;
  /** Where another document speaks of the same. */
  readonly also?: readonly { readonly title: string; readonly passage: string }[];
  /** Whether the documents say different things. */
  readonly disagree?: boolean;
}

const everybody = ['billing', 'account', 'product'];

function rule(title: string, passage: string, ...examples: readonly string[]): Rule {
  return { domains: everybody, title, passage, examples };
}

const adjustment = 'Invoice Adjustment Policy';
const lateFee = 'Late Payment Fee Policy';
const reinstatement = 'Payment Failure & Reinstatement Rules';
const autopay = 'Autopay Discount Terms';
const overage = 'Data Overage Policy';
const dispute = 'Billing Dispute Escalation';
const returns = 'Return Policy and Process';
const unlocking = 'Account Unlock Procedure';
const credit = 'Service Reliability SLA Credit Matrix';
const texts = 'Text Messaging Issues FAQ';
const workflow = 'Dropped Call Investigation Workflow';
const abroad = 'International Roaming Options Explained';
const offers = 'Promotion Eligibility Guidelines';

/** What staff asks about rules, with the place where the answer stands. */
export const rules = {
  who_approves: rule(
    adjustment,
    'who may approve agent team lead billing manager',
    'who approves a credit',
    'who signs off on a credit of dollars',
    'can I do a credit myself',
    'may the agent give a goodwill credit',
    'who has to ok, authorise, allow goodwill dollars',
    'approval limit for adjustments',
  ),
  goodwill_again: rule(
    adjustment,
    'goodwill adjustment once in twelve months per subscription',
    'how often is goodwill possible',
    'second goodwill credit for the same line in a year',
    'goodwill twice a year',
  ),
  adjustment_deadline: rule(
    adjustment,
    'customer can ask within 60 days of the invoice date',
    'how long can a customer ask for an adjustment',
    'deadline for asking for a correction credit',
  ),
  late_fee_rule: rule(
    lateFee,
    'from day 11 a late fee is added 5.00 or 5 %',
    'how high is the late fee',
    'when is a late fee added',
    'late payment fee in general',
  ),
  late_fee_waiver: rule(
    lateFee,
    'no other late fee waived on request any agent',
    'can the late fee be waived',
    'who may waive a late fee',
  ),
  grace: rule(
    reinstatement,
    'grace service continues for 10 days after the due date',
    'grace period for unpaid invoices',
    'how long after the due date is the service kept',
    'when is the service suspended for non-payment',
    'how many days of grace',
  ),
  reconnection: rule(
    reinstatement,
    'reconnection fee of 25.00 waived for a first suspension',
    'how high is the reconnection fee',
    'reconnection charge, is it dropped, waived the first time',
    'fee for turning it back on',
  ),
  reinstated_when: rule(
    reinstatement,
    'service is back within 4 hours of the payment',
    'how quickly is the service back after the payment',
    'how long until reconnected after paying',
  ),
  instalments: rule(
    'Financial Hardship Payment Plan Procedure',
    'customer chooses 3, 4, 5 or 6 equal monthly instalments; spread the debt; conditions',
    'can she pay in instalments',
    'spread the payment over months',
    'payment plan after losing a job, hardship',
    'pay in parts, how many instalments',
    'cannot pay because of illness',
  ),
  autopay_discount: rule(
    autopay,
    'autopay receive a discount of 5.00 a month',
    'how much cheaper is it with autopay',
    'discount for letting us collect automatically',
    'autopay discount a month',
  ),
  autopay_fails: rule(
    autopay,
    'after two failed collections in a row autopay is switched off',
    'what happens when the automatic collection fails twice',
    'autopay fails two times in a row, direct debit bounces',
  ),
  overage_price: rule(
    overage,
    'charged in blocks of 500 MB 3.00 per block on internet plans, 4.00 per block on mobile',
    'what does a block above the cap cost',
    'price per block when the allowance is exceeded, blown',
    'what is charged for overage on mobile',
  ),
  overage_upgrade: rule(
    overage,
    'retroactive upgrade within 15 days of the invoice date',
    'how long can a plan be upgraded retroactively',
    'deadline for the backdated upgrade in general',
  ),
  contest: rule(
    dispute,
    'dispute raised up to 60 days after the invoice date',
    'how long has someone to dispute a charge',
    'contest a charge, deadline for objections',
    'until when can a bill be disputed',
  ),
  dispute_levels: rule(
    dispute,
    'level 2 billing specialist takes over',
    'who handles a dispute that the customer does not accept',
    'escalation of a billing dispute, next level',
  ),
  return_window: rule(
    returns,
    'returned within a 30-day window',
    'how many days may a phone be sent back',
    'return period for devices',
    'until when can goods be returned',
  ),
  refund_late: rule(
    returns,
    'money has not arrived escalated to the returns desk',
    'money for returned goods never came, whom do I tell',
    'who looks into a lost refund',
  ),
  refund_time: rule(
    returns,
    'refund arrives 7 to 10 business days after the return date',
    'how long does a refund take',
    'when does the money for a return arrive in general',
  ),
  unlock_steps: rule(
    unlocking,
    'verify the identity; one-time code; unlock the account; password reset',
    'what does an unlock take',
    'steps before an unlock',
    'how is an account unlocked in general',
  ),
  unlock_breach: rule(
    unlocking,
    'unlock without steps is a breach of policy, also for relatives',
    'may I unlock it for a relative, husband, wife',
    'unlock without identity check because he is in a hurry',
    'skip the verification',
  ),
  unlock_refuse: rule(
    unlocking,
    'phone number was changed during the past 7 days, do not unlock; Security Team',
    'the number on file was changed recently, unlock anyway',
    'phone number swapped days ago',
    'attempts from an unknown country, still unlock',
  ),
  reset_link: rule(
    unlocking,
    'link for the new password is valid for 30 minutes',
    'how long is the reset link valid, good for',
    'password link expires',
  ),
  code_valid: rule(
    unlocking,
    'one-time code valid for 10 minutes',
    'how long does the code work',
    'code by text expires, how long is it valid',
  ),
  lock_after: rule(
    unlocking,
    'locked automatically after eight failed sign-ins',
    'how many wrong tries until an account is locked',
    'after how many wrong passwords does it shut',
  ),
  outage_credit: rule(
    credit,
    'event credit',
    'what does one get back for an outage of hours',
    'credit for an outage',
    'hours without line, how much is credited',
    'line was gone for hours, any money back',
    'compensation for downtime',
  ),
  speed_share: rule(
    'Troubleshooting Slow Internet',
    'under 25 %: escalate to Network Operations',
    'below which share of the speed is it escalated',
    'when is slow speed escalated',
    'how slow must it be for network operations',
  ),
  slow_steps: rule(
    'Troubleshooting Slow Internet',
    'modem and router off for 60 seconds; cable; three speed tests',
    'first steps for slow internet in general',
    'how do I troubleshoot slow internet',
  ),
  drop_steps: rule(
    'Troubleshooting Call Dropping',
    'restart the phone; SIM; VoLTE',
    'what to try first when calls drop',
    'first steps for dropping calls in general',
  ),
  samples: rule(
    workflow,
    'collect three samples',
    'how many samples does radio engineering need',
    'how many examples of drops do the radio people want',
    'samples for a dropped call case',
  ),
  rf_answer: rule(
    workflow,
    'RF Engineering answers within 5 business days',
    'how quickly does radio engineering answer, reply',
    'how long do the radio people take',
  ),
  short_codes: rule(
    texts,
    'Ask the agent to allow short codes for the subscription, wait 30 minutes and request a new code',
    'codes from the bank by text do not arrive',
    'verification texts are missing',
  ),
  pictures: rule(
    texts,
    'Multimedia messages need mobile data. Switch data on',
    'pictures cannot be sent but texts do',
    'mms, photos will not go out',
  ),
  texts_out: rule(
    texts,
    'Check the signal, switch flight mode on; message centre number',
    'texts do not go out in general',
    'sms cannot be sent',
  ),
  roaming_notice: {
    ...rule(
      abroad,
      'activated at least 3 days before departure',
      'how far ahead must roaming be ordered',
      'how early before a trip does use abroad have to be ordered',
      'latest time to order roaming',
    ),
    also: [
      {
        title: 'Roaming Activation Cut-off Times',
        passage: 'late requests released singly within 24 hours of the request',
      },
    ],
    disagree: true,
  },
  roaming_price: rule(
    abroad,
    'pay per use per MB per minute per text',
    'price of a minute abroad without the add-on',
    'what does data abroad cost without the pack',
    'cost per megabyte or text abroad',
  ),
  offers_combined: rule(
    offers,
    'one promotion per subscription; when several fit',
    'can two promotions be combined',
    'several discounts at once',
  ),
  offers_suspended: rule(
    offers,
    'suspended subscriptions do not receive promotions',
    'do suspended customers get promotions',
    'discount while suspended in general',
  ),
} as const satisfies Readonly<Record<string, Rule>>;
