import { expect } from 'vitest';
import { askExpert } from '#platform/experts/ask';
import type { ExpertDefinition } from '#platform/experts/definition';
import type {
  ChatModel,
  Conversation,
  ExpertToolbox,
  ModelRequest,
  ModelTurn,
} from '#platform/experts/ports';
import { defaultLimits, type Limits } from '#platform/experts/run-state';
import { handToolOf, toHandedAnswer } from '#platform/experts/team/hand-over';
import type { Handing } from '#platform/experts/team/team';
import { answerText } from './answers.ts';
import { ok, says } from './stubs.ts';

export const names = ['red', 'green', 'blue', 'grey'] as const;

export const experts: readonly ExpertDefinition[] = names.map((domain) => ({
  domain,
  title: domain,
  description: domain,
  example: 'How many?',
  topics: `${domain} things`,
  tools: ['count'],
  permission: 'p',
  records: [],
  instructions: `You are ${domain}.`,
}));

/** Says what each expert says next; the last turn of a script is repeated. */
export function eachSays(scripts: Readonly<Record<string, readonly ModelTurn[]>>) {
  const requests: ModelRequest[] = [];
  const model: ChatModel = {
    async complete(request) {
      requests.push({ ...request, messages: [...request.messages] });
      const script = scripts[request.domain] ?? [];
      const taken = requests.filter(({ domain }) => domain === request.domain).length;
      return script[taken - 1] ?? script.at(-1) ?? says(answerText({ status: 'error', answer: 'Nothing.' }));
    },
  };
  return { model, requests };
}

/** A toolbox with one look-up and the other experts, as the pipeline would run them. */
export function toolboxFor(_expert: ExpertDefinition, handing: Handing): ExpertToolbox {
  const tool = (name: string, working: string) => ({ name, working, description: name, inputSchema: {} });
  return {
    definitions: [
      tool('count', 'Counting'),
      ...handing.domains.map((domain) => tool(handToolOf(domain), `Asking the ${domain} expert`)),
    ],
    async call(name, args, signal, progress) {
      if (name === 'count') {
        return ok({ things: 4711 });
      }
      const domain = names.find((one) => handToolOf(one) === name) ?? '';
      try {
        const part = await handing.handOver(domain, String(args.question), signal, progress);
        return { ...ok(toHandedAnswer(part)), part };
      } catch (error) {
        return { kind: 'error', message: error instanceof Error ? error.message : '' };
      }
    },
  };
}

export async function ask(
  scripts: Readonly<Record<string, readonly ModelTurn[]>>,
  limits: Limits = defaultLimits,
) {
  const { model, requests } = eachSays(scripts);
  const progress: string[] = [];
  const kept: Conversation[] = [];
  const logged: unknown[] = [];
  const [red] = experts;
  const answer = await askExpert(
    { expert: red as ExpertDefinition, question: 'How many red and green things?' },
    {
      model,
      toolboxFor,
      experts,
      conversations: {
        load: async () => expect.fail('Nothing to go on from.'),
        create: async (conversation) => `id-${kept.push(conversation)}`,
        save: async () => {},
      },
      today: '2026-01-15',
      logger: { log: (_level, _message, fields) => logged.push(fields) },
      signal: new AbortController().signal,
      progress: (message) => progress.push(message),
      limits,
    },
  );
  return { answer, requests, progress, kept, logged };
}
