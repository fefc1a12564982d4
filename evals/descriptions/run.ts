import { finalAnswerSchema } from '#platform/experts/answer';
import type { ChatModel, ToolSpec } from '#platform/experts/ports';
import { prompts } from './prompts.ts';

/** A prompt, and which tool a model would call first for it. */
export interface Choice {
  readonly prompt: string;
  readonly right: string;
  /** Undefined when it called none. */
  readonly chosen: string | undefined;
}

const instructions =
  'You choose tools for somebody who works in the support of a company. Call the one tool that does what is asked first, with whatever arguments you know. Answer nothing yourself.';

/** Asks a model for each prompt which tool it would call, with nothing to go by but names, descriptions and schemas. */
export async function* choices(
  model: ChatModel,
  tools: readonly ToolSpec[],
  { today, only = '' }: { readonly today: string; readonly only?: string },
): AsyncGenerator<Choice> {
  const signal = new AbortController().signal;
  for (const [right, texts] of Object.entries(prompts)) {
    for (const prompt of texts.filter((text) => text.toLowerCase().includes(only))) {
      const { calls } = await model.complete(
        {
          ...{ domain: 'descriptions', instructions, today, tools, last: false },
          ...{ answerSchema: finalAnswerSchema, messages: [{ role: 'user', text: prompt }] },
        },
        signal,
      );
      yield { prompt, right, chosen: calls[0]?.name };
    }
  }
}

export function isRight({ right, chosen }: Choice): boolean {
  return right === chosen;
}

/** How often the right tool was the first one, and what was called instead of which. */
export function choiceSummary(made: readonly Choice[]): string {
  const right = made.filter(isRight).length;
  const wrong = made
    .filter((choice) => !isRight(choice))
    .map(({ prompt, right: wanted, chosen = 'none' }) => `  ${wanted}, not ${chosen}: ${prompt}`);
  const share = made.length === 0 ? 0 : Math.round((right / made.length) * 100);
  return [...wrong, `right tool first ${right} of ${made.length} (${share} %)`].join('\n');
}
