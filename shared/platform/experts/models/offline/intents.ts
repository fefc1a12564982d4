import type { Aspect } from './draft.ts';
import type { Transcript } from './transcript.ts';

/** One thing that people come for, told by the words that they use. */
export interface IntentDefinition {
  /** Whose matter it is. */
  readonly domain: string;
  /** Signs of the intent, each with how much it says. */
  readonly signs: readonly (readonly [RegExp, number])[];
}

/** What a business's people ask for. */
export interface Intents {
  readonly definitions: Readonly<Record<string, IntentDefinition>>;
  /** Words that point at a case, beside which a question for a rule is one about that case. */
  readonly pointsAtCase: RegExp;
}

/** The intent of a question about a rule, and of any other that no playbook knows. */
export const ruleIntent = 'policy';

export interface Understanding {
  /** {@link ruleIntent}, or one of the definitions. */
  readonly intent: string;
  /** Whose matter it is; undefined when every expert can answer it. */
  readonly domain: string | undefined;
  readonly aspect: Aspect;
}

/** Words of somebody who asks on about what was said. */
const asksOn =
  /what (?:can|could|should|do|would|now|next|else)|can (?:i|we|you)|how (?:do|can|would)|options|then\?|about (?:it|that|this)/i;

/** Words of somebody who asks for a rule. */
const asksForRule = /\b(?:policy|rules?|procedure|in general|how long do(?:es)?)\b/i;

/** What the question is about; one that says too little is about what was asked before. */
export function understand(
  { question, earlier }: Transcript,
  asked: string,
  { definitions, pointsAtCase }: Intents,
): Understanding {
  if (asksForRule.test(question) && !pointsAtCase.test(question)) {
    return { intent: ruleIntent, domain: undefined, aspect: 'everything' };
  }
  const own = bestIntent(question, asked, definitions);
  if (own !== undefined) {
    return { ...own, aspect: 'everything' };
  }
  for (const text of earlier) {
    const before = bestIntent(text, asked, definitions);
    if (before !== undefined) {
      return { ...before, aspect: asksOn.test(question) ? 'options' : 'everything' };
    }
  }
  return { intent: ruleIntent, domain: undefined, aspect: 'everything' };
}

/** One weak sign is no intent. */
const leastScore = 2;

function bestIntent(
  text: string,
  asked: string,
  definitions: Intents['definitions'],
): { intent: string; domain: string } | undefined {
  let best: { intent: string; domain: string; score: number } | undefined;
  for (const [intent, { domain, signs }] of Object.entries(definitions)) {
    const score = scoreOf(text, signs);
    const better =
      score > (best?.score ?? 0) || (score === best?.score && domain === asked && best.domain !== asked);
    if (score >= leastScore && better) {
      best = { intent, domain, score };
    }
  }
  return best;
}

function scoreOf(text: string, signs: IntentDefinition['signs']): number {
  return signs.reduce((score, [sign, weight]) => score + (sign.test(text) ? weight : 0), 0);
}
