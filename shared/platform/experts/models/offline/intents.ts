import type { Domain } from '#contoso/experts/domains';
import type { Aspect } from './draft.ts';
import type { Transcript } from './transcript.ts';

interface IntentDefinition {
  readonly domain: Domain;
  /** Signs of the intent, each with how much it says. */
  readonly signs: readonly (readonly [RegExp, number])[];
}

/** What people come for, told by the words that they use. */
const definitions = {
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
} as const satisfies Readonly<Record<string, IntentDefinition>>;

/** `policy` is a question about a rule, or any other that no playbook knows. */
export type Intent = keyof typeof definitions | 'policy';

export interface Understanding {
  readonly intent: Intent;
  /** Whose matter it is; undefined when every expert can answer it. */
  readonly domain: Domain | undefined;
  readonly aspect: Aspect;
}

/** Words of somebody who asks on about what was said. */
const asksOn =
  /what (?:can|could|should|do|would|now|next|else)|can (?:i|we|you)|how (?:do|can|would)|options|then\?|about (?:it|that|this)/i;

/** Words of somebody who asks for a rule, and words that point at a case. */
const asksForRule = /\b(?:policy|rules?|procedure|in general|how long do(?:es)?)\b/i;
const pointsAtCase = /\b(?:i|me|my|we|our|customer|it|that|this)\b/i;

/** What the question is about; one that says too little is about what was asked before. */
export function understand({ question, earlier }: Transcript, asked: Domain): Understanding {
  if (asksForRule.test(question) && !pointsAtCase.test(question)) {
    return { intent: 'policy', domain: undefined, aspect: 'everything' };
  }
  const own = bestIntent(question, asked);
  if (own !== undefined) return { ...own, aspect: 'everything' };
  for (const text of earlier) {
    const before = bestIntent(text, asked);
    if (before !== undefined) return { ...before, aspect: asksOn.test(question) ? 'options' : 'everything' };
  }
  return { intent: 'policy', domain: undefined, aspect: 'everything' };
}

/** One weak sign is no intent. */
const leastScore = 2;

function bestIntent(text: string, asked: Domain): { intent: Intent; domain: Domain } | undefined {
  let best: { intent: Intent; domain: Domain; score: number } | undefined;
  for (const [intent, { domain, signs }] of Object.entries(definitions)) {
    const score = scoreOf(text, signs);
    const better =
      score > (best?.score ?? 0) || (score === best?.score && domain === asked && best.domain !== asked);
    if (score >= leastScore && better) best = { intent: intent as Intent, domain, score };
  }
  return best;
}

function scoreOf(text: string, signs: IntentDefinition['signs']): number {
  return signs.reduce((score, [sign, weight]) => score + (sign.test(text) ? weight : 0), 0);
}
