import { namesOf } from '../../../mcp/definitions/tool.ts';
import { askToolOf, type ExpertDefinition } from '../../definition.ts';
import type { ChatModel, ModelRequest, ModelTurn } from '../../ports.ts';
import { compose, type Draft } from './draft.ts';
import { type Intents, understand } from './intents.ts';
import { type Replayed, replay } from './replay.ts';
import type { Steps } from './steps.ts';
import { readTranscript, type Transcript } from './transcript.ts';

/** The name under which callers see that no language model answered. */
export const offlineModelName = 'offline-playbooks';

/** What a playbook is given. */
export interface Case {
  readonly transcript: Transcript;
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** Of the expert that was asked. */
  readonly domain: string;
}

/** Answers one kind of question. */
export type Playbook = (about: Case) => Steps<Draft>;

/** What a business's experts do where there is no language model. */
export interface OfflinePlans {
  readonly experts: readonly ExpertDefinition[];
  readonly intents: Intents;
  /** How each kind of question is answered, by the name of its intent. */
  readonly playbooks: Readonly<Record<string, Playbook>>;
}

/**
 * A model without a language model, for deployments that have none: it recognises what is asked, calls tools by
 * written playbooks and puts the results into sentences. The same records and the same question give the same answer.
 */
export function offlineModel(plans: OfflinePlans): ChatModel {
  return {
    async complete(request) {
      return toTurn(react(request, plans));
    },
  };
}

type Reaction = Replayed & { readonly aspect: Parameters<typeof compose>[1] };

function react(
  { messages, domain, today, tools, last }: ModelRequest,
  { experts, intents, playbooks }: OfflinePlans,
): Reaction {
  const transcript = readTranscript(messages);
  const { intent, domain: competent, aspect } = understand(transcript, domain, intents);
  const other = experts.find((expert) => expert.domain === competent);
  if (other !== undefined && competent !== domain) {
    return { draft: ofAnotherExpert(other), aspect };
  }
  const playbook = playbooks[intent];
  if (playbook === undefined) {
    throw new RangeError(`There is no playbook for ${intent}.`);
  }
  const steps = playbook({ transcript, today, domain });
  const allowed = last ? 'none' : new Set(tools.flatMap(namesOf));
  return { ...replay(steps, transcript.outcomeOf, allowed), aspect };
}

function ofAnotherExpert({ domain, topics }: ExpertDefinition): Draft {
  const askTool = askToolOf(domain);
  return {
    status: 'needs_input',
    headline: `This is a matter of ${topics}, for which another expert is there: ${askTool}.`,
    findings: [],
    actions: [`Ask ${askTool} the same question.`],
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
