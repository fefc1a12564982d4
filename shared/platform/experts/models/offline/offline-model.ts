import { domainDefinitions } from '#contoso/experts/domains';
import { playbooks } from '#contoso/experts/playbooks/index';
import type { ChatModel, ModelRequest, ModelTurn } from '../../ports.ts';
import { compose, type Draft } from './draft.ts';
import { understand } from './intents.ts';
import { type Replayed, replay } from './replay.ts';
import { readTranscript } from './transcript.ts';

/** The name under which callers see that no language model answered. */
export const offlineModelName = 'offline-playbooks';

/**
 * A model without a language model, for deployments that have none: it recognises what is asked, calls tools by
 * written playbooks and puts the results into sentences. The same records and the same question give the same answer.
 */
export const offlineModel: ChatModel = {
  async complete(request) {
    return toTurn(react(request));
  },
};

type Reaction = Replayed & { readonly aspect: Parameters<typeof compose>[1] };

function react({ messages, domain, today, tools, last }: ModelRequest): Reaction {
  const transcript = readTranscript(messages);
  const { intent, domain: competent, aspect } = understand(transcript, domain);
  if (competent !== undefined && competent !== domain) {
    return { draft: ofAnotherExpert(competent), aspect };
  }
  const steps = playbooks[intent]({ transcript, today, domain });
  const allowed = last ? 'none' : new Set(tools.map(({ name }) => name));
  return { ...replay(steps, transcript.outcomeOf, allowed), aspect };
}

function ofAnotherExpert(competent: keyof typeof domainDefinitions): Draft {
  const { askTool, topics } = domainDefinitions[competent];
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
