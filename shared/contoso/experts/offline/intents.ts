import type { IntentDefinition, Intents, ruleIntent } from '#platform/experts/models/offline/intents';
import type { Domain } from '../domains.ts';

/** What people come for, told by the words that they use. */
export const intentDefinitions = {
  high_invoice: {
    domain: 'billing',
    signs: [
      [/\b(?:bill|invoice|charge)(?:s|d)?\b/i, 1],
      [
        /\b(?:so|too|very) high\b|higher|usual|normally|tripled|doubled|jumped|increas|expensive|overcharg/i,
        3,
      ],
      [/over the (?:data )?cap|overage|(?:data|usage) (?:over|above)/i, 3],
    ],
  },
  suspended: {
    domain: 'billing',
    signs: [
      [/suspen|reinstat|reconnect|reactivat/i, 3],
      [/(?:card|payment)s?\b.{0,20}\b(?:refused|declined|fail|rejected)/i, 3],
      [/back online|cut (?:me )?off|pay in parts|instal?ment|payment plan|hardship/i, 3],
    ],
  },
  refund: {
    domain: 'billing',
    signs: [
      [/refund|money back|still (?:have )?no money/i, 3],
      [/\b(?:returned|sent back|send back|gave back)\b/i, 3],
    ],
  },
  pay: {
    domain: 'billing',
    signs: [
      [/\b(?:pay|settle)\b(?=.*(?:invoice|bill|outstanding|balance|\d))(?! in parts)/i, 3],
      [/\b(?:make|take|book) (?:a|the) payment\b/i, 4],
    ],
  },
  balance: {
    domain: 'billing',
    signs: [[/\bowed?\b|\bowes\b|outstanding|\bbalance\b|unpaid|amount due|total due/i, 2]],
  },
  locked: {
    domain: 'account',
    signs: [
      [/\b(?:un)?lock(?:ed|s|ing)?\b/i, 3],
      [/sign(?:ing)? in|log(?:ging)? ?in|sign-in|security log|failed attempts/i, 3],
    ],
  },
  slow_service: {
    domain: 'product',
    signs: [
      [/\bslow|crawl|hardly load|lagg?(?:ing|s|y)?\b|buffering/i, 3],
      [/internet|wi-?fi|broadband|pages|connection/i, 1],
      [/\b(?:dead|down|offline|not work)/i, 1],
    ],
  },
  roaming: {
    domain: 'product',
    signs: [
      [/roam/i, 3],
      [/\b(?:fly|flying|travel\w*|trip|abroad|journey|vacation|holiday|leaves? for)\b/i, 3],
    ],
  },
  promotions: {
    domain: 'product',
    signs: [[/promo|discount|special offer|\boffers\b|coupon|\bdeals?\b/i, 3]],
  },
  dropped_calls: {
    domain: 'product',
    signs: [
      [/calls?\b.{0,25}\b(?:drop|break|broke|cut|end)/i, 4],
      [/\bdropp(?:ed|ing) calls?\b/i, 4],
    ],
  },
  plans: {
    domain: 'product',
    signs: [
      [/\b(?:which|what|your|available|compare|larger|other)\b.{0,20}\b(?:plans?|products?)\b/i, 2],
      [/\bprices?\b|how much (?:is|does|do)/i, 2],
    ],
  },
  device: {
    domain: 'product',
    signs: [[/trouble ?-?shoot|diagnos/i, 5]],
  },
} as const satisfies Readonly<Record<string, IntentDefinition & { readonly domain: Domain }>>;

/** What a question can be about. */
export type Intent = keyof typeof intentDefinitions | typeof ruleIntent;

export const intents: Intents = {
  definitions: intentDefinitions,
  pointsAtCase: /\b(?:i|me|my|we|our|customer|it|that|this)\b/i,
};
