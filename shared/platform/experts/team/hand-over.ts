import * as z from 'zod';
import { paragraph } from '../../mcp/definitions/inputs.ts';
import { type AnyTool, defineTool } from '../../mcp/definitions/tool.ts';
import { answerStatuses } from '../answer.ts';
import { wordsOfModels } from '../answer-labels.ts';
import { askToolOf, type ExpertDefinition } from '../definition.ts';
import type { HandedPart } from '../ports.ts';

/** Name of the tool with which an expert hands a part of its question to the expert of a domain. */
export function handToolOf(domain: string): string {
  return `hand_to_${domain}_expert`;
}

export function isHandTool(name: string): boolean {
  return /^hand_to_.+_expert$/.test(name);
}

const input = z.strictObject({
  question: paragraph(
    4_000,
    'The part of the question that is a matter of that expert, in words that stand for themselves.',
  ),
});

/** What an expert gets to see of the part that another one answered. */
export const handedAnswer = z.object({
  domain: z.string(),
  /** The tool that answers such questions; the answer names it. */
  answered_by: z.string(),
  status: z.enum(answerStatuses),
  answer: z.string(),
  citations: z.array(z.string()),
  follow_up: z.string().optional(),
});

/** Longer than a part may take, so that a part ends with its own words. */
const timeoutMs = 110_000;

/**
 * Tools that experts have for each other. Whoever may ask an expert may have a part handed to it, and nobody else.
 * What they do, the team of an answer does; see `Team`.
 */
export function handTools(experts: readonly ExpertDefinition[]): readonly AnyTool[] {
  return experts.length < 2 ? [] : experts.map(handTool);
}

function handTool({ domain, title, topics, permission, example }: ExpertDefinition): AnyTool {
  return defineTool({
    name: handToolOf(domain),
    title,
    description: `Hands a part of the question to the ${domain} expert, which answers questions about ${topics}. Use it for what is its matter and not yours; say in your answer that it answered.`,
    permission,
    progress: `Asking the ${domain} expert`,
    timeoutMs,
    // It looks things up; what it would change, it only proposes.
    expertsMayRun: true,
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
    input,
    output: handedAnswer,
    labels: wordsOfModels,
    example: () => ({ question: example }),
    handler(): never {
      throw new Error('A part is handed over by the team of an answer.');
    },
    summary: ({ answer }) => answer,
  });
}

/** The answer to a part, for the expert that handed it over. */
export function toHandedAnswer({ domain, answer }: HandedPart): z.output<typeof handedAnswer> {
  const { status, answer: text, citations, follow_up } = answer;
  return {
    domain,
    answered_by: askToolOf(domain),
    status,
    answer: text,
    citations,
    ...(follow_up === null ? {} : { follow_up }),
  };
}
