import { createHash } from 'node:crypto';
import { account } from './account.ts';
import { billing } from './billing.ts';
import { commonInstructions } from './common.ts';
import type { Expert } from './define.ts';
import { product } from './product.ts';

/** The experts, in the order in which clients see them. */
const experts = { billing, account, product } as const satisfies Readonly<Record<string, Expert>>;

export type Domain = keyof typeof experts;
export const domains = Object.keys(experts) as readonly Domain[];

export interface DomainDefinition extends Expert {
  /** The tool through which callers reach this expert. */
  readonly askTool: string;
  readonly description: string;
  /** Which instructions answered, for the log: changes with every letter of them. */
  readonly version: string;
}

/** Every expert has to find the customer and the rules. */
const everyDomain = ['get_all_customers', 'get_customer_detail', 'search_knowledge_base'];

export const domainDefinitions = Object.fromEntries(
  domains.map((domain) => [domain, define(domain)]),
) as Readonly<Record<Domain, DomainDefinition>>;

function define(domain: Domain): DomainDefinition {
  const expert = experts[domain];
  const instructions = `${expert.instructions}\n${mattersOfOthers(domain)}\n\n${commonInstructions}`;
  return {
    ...expert,
    askTool: askToolOf(domain),
    description: `Answers questions about ${expert.answers}. Name the customer by number or full name. Pass conversation_id for a follow-up question.`,
    instructions,
    version: createHash('sha256').update(instructions).digest('hex').slice(0, 12),
    tools: [...everyDomain, ...expert.tools],
  };
}

function mattersOfOthers(domain: Domain): string {
  const others = domains.filter((other) => other !== domain);
  const matters = others.map((other) => `${experts[other].topics} belong to ${askToolOf(other)}`);
  return `- Matters of other experts: ${matters.join('; ')}. Say so instead of answering.`;
}

function askToolOf(domain: Domain): string {
  return `ask_${domain}_expert`;
}
