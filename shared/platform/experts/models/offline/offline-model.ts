import { namesOf } from '#platform/mcp/definitions/tool';
import type { ExpertDefinition } from '../../definition.ts';
import type { ChatModel, ModelRequest, ModelTurn } from '../../ports.ts';
import { type Capability, CapabilityIndex } from './capabilities.ts';
import { compose, type Draft, joined } from './draft.ts';
import { handOver } from './hand-over.ts';
import { mayBeEnglish } from './language.ts';
import { draftOfProblem, type Replayed, replay } from './replay.ts';
import type { Steps } from './steps.ts';
import { readTranscript, type Transcript } from './transcript.ts';
import { type Understood, understand } from './understanding.ts';

/** The name under which callers see that no language model answered. */
export const offlineModelName = 'offline-playbooks';

/** What a plan is given. */
export interface Case {
  /** The question, or the part of it that the plan is to answer, and what was said before. */
  readonly transcript: Transcript;
  /** What was said of this matter, newest first: the question, and those that it goes on from. */
  readonly said: readonly string[];
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** Of the expert that was asked. */
  readonly domain: string;
}

/** Answers one kind of question. */
export type Plan = (about: Case) => Steps<Draft>;

/** What a business's experts do where there is no language model. */
export interface OfflinePlans {
  readonly experts: readonly ExpertDefinition[];
  /** What can be asked, by name. */
  readonly capabilities: Readonly<Record<string, Capability>>;
  /** A text without what stands for a record, such as names; without numbers when left out. */
  readonly bare?: (text: string) => string;
  /** Words that are in questions of every kind, beside those of the language. */
  readonly fillers?: readonly string[];
  /** How each capability is answered, by its name. */
  readonly plans: Readonly<Record<string, Plan>>;
  /** For a question that is about none of them. */
  readonly anythingElse: Plan;
}

/**
 * A model without a language model, for deployments that have none: it finds out what is asked by its likeness to labelled
 * examples, calls tools by written plans and puts the results into sentences. The same records and the same question
 * give the same answer.
 */
export function offlineModel(plans: OfflinePlans): ChatModel {
  return {
    complete: async (request) => toTurn(react(request, plans, indexOf(plans))),
  };
}

const indexes = new WeakMap<OfflinePlans, CapabilityIndex>();

/** What can be asked, ready to be searched: made when it is first needed, once for all that look into the same plans. */
export function indexOf(plans: OfflinePlans): CapabilityIndex {
  const index = indexes.get(plans) ?? new CapabilityIndex(plans.capabilities, plans.fillers);
  indexes.set(plans, index);
  return index;
}

type Reaction = Replayed & { readonly aspect: Parameters<typeof compose>[1] };

function react(
  { messages, domain, today, tools, last }: ModelRequest,
  plans: OfflinePlans,
  index: CapabilityIndex,
): Reaction {
  const transcript = readTranscript(messages);
  if (!mayBeEnglish(transcript.question)) {
    return { draft: onlyEnglish(expertOf(domain, plans)), aspect: 'everything' };
  }
  const { capabilities, bare = withoutNumbers } = plans;
  const questions = understand(transcript, { index, capabilities, bare, domain });
  const [only] = questions;
  const steps = answerEach(questions, { transcript, today, domain }, plans);
  const allowed = last ? 'none' : new Set(tools.flatMap(namesOf));
  const aspect = questions.length === 1 ? (only?.aspect ?? 'everything') : 'everything';
  return { ...replay(steps, transcript.outcomeOf, allowed), aspect };
}

/** Answers every question of a message; what one of them lacks does not keep the others from being answered. */
function* answerEach(
  questions: readonly Understood[],
  about: Omit<Case, 'said'>,
  plans: OfflinePlans,
): Steps<Draft> {
  const drafts: Draft[] = [];
  for (const { name, text, context } of questions) {
    const { transcript } = about;
    const earlier =
      questions.length === 1 ? transcript.earlier : [transcript.question, ...transcript.earlier];
    const said = [text, ...context];
    const part = { ...about, said, transcript: { ...transcript, question: text, earlier } };
    try {
      drafts.push(yield* answerOne(name, part, plans));
    } catch (error) {
      const draft = questions.length === 1 ? undefined : draftOfProblem(error);
      if (draft === undefined) {
        throw error;
      }
      drafts.push(draft);
    }
  }
  return joined(drafts);
}

function* answerOne(name: string | undefined, about: Case, plans: OfflinePlans): Steps<Draft> {
  const capability = name === undefined ? undefined : plans.capabilities[name];
  if (name === undefined || capability === undefined) {
    return yield* plans.anythingElse(about);
  }
  if (!capability.domains.includes(about.domain)) {
    return yield* handOver(expertOf(capability.domains[0] ?? about.domain, plans), about.transcript.question);
  }
  const plan = plans.plans[name];
  if (plan === undefined) {
    throw new RangeError(`There is no plan for ${name}.`);
  }
  return yield* plan(about);
}

function expertOf(domain: string, { experts }: OfflinePlans): ExpertDefinition {
  const found = experts.find((expert) => expert.domain === domain);
  if (found === undefined) {
    throw new RangeError(`There is no expert for ${domain}.`);
  }
  return found;
}

function onlyEnglish({ example }: ExpertDefinition): Draft {
  return {
    status: 'needs_input',
    headline: 'Only English is understood here, because no language model is configured.',
    findings: [],
    followUp: `Please ask in English, for example: ${example}`,
  };
}

function toTurn(reaction: Reaction): ModelTurn {
  const common = { usage: { inputTokens: 0, outputTokens: 0 }, model: offlineModelName };
  if ('draft' in reaction) {
    const text = JSON.stringify(compose(reaction.draft, reaction.aspect));
    return { ...common, text, calls: [], finishReason: 'stop' };
  }
  const calls = reaction.calls.map(({ name, args }, place) => ({
    id: `${name}-${place}-${reaction.round}`,
    name,
    argumentsText: JSON.stringify(args),
  }));
  return { ...common, text: '', calls, finishReason: 'tool_calls' };
}

/** What stands for a record in questions to a business that says nothing else. */
export function withoutNumbers(text: string): string {
  return text.replace(/[+\d][\d.,:-]*/g, ' ');
}
