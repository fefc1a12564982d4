import { askToolOf, type ExpertDefinition, type Resumption } from '#platform/experts/definition';
import type { Door } from '#platform/experts/team/door';
import { handToolOf } from '#platform/experts/team/hand-over';
import type { Permission } from '../access/permissions.ts';
import { account } from './account.ts';
import { billing } from './billing.ts';
import { commonInstructions } from './common.ts';
import type { Expert } from './define.ts';
import { product } from './product.ts';

/** The experts, in the order in which clients see them. */
const experts = { billing, account, product } as const satisfies Readonly<Record<string, Expert>>;

export type Domain = keyof typeof experts;
export const domains = Object.keys(experts) as readonly Domain[];

export interface DomainDefinition extends ExpertDefinition {
  readonly domain: Domain;
  /** The tool through which callers reach this expert. */
  readonly askTool: string;
}

/** How a diagnosis that an earlier answer left running is taken up. */
const resume: Resumption = {
  tool: 'get_diagnosis',
  goesOn: 'A diagnosis goes on',
  followUp: 'Ask for the result of the diagnosis with this conversation_id in about a minute.',
};

/** What people name by its number. */
const records = ['customer', 'invoice', 'subscription', 'order', 'ticket'];

const permission: Permission = 'experts.ask';

/** Every expert has to find the customer and the rules. */
const everyDomain = ['get_all_customers', 'get_customer_detail', 'search_knowledge_base'];

export const domainDefinitions = Object.fromEntries(
  domains.map((domain) => [domain, define(domain)]),
) as Readonly<Record<Domain, DomainDefinition>>;

/** The same, as the platform takes them. */
export const expertDefinitions: readonly ExpertDefinition[] = Object.values(domainDefinitions);

/** One door to all of them. */
export const door: Door = {
  title: 'Ask the experts',
  description: `Answers questions about any matter of customers: ${domains.map((domain) => experts[domain].topics).join(', ')}. Finds the expert for it and says who answered and why. Name the customer by number or full name. Pass conversation_id for a follow-up question.`,
  permission,
  example: 'What do customers 12 and 14 owe?',
};

function define(domain: Domain): DomainDefinition {
  const expert = experts[domain];
  const instructions = [
    `${expert.instructions}\n${mattersOfOthers(domain)}`,
    commonInstructions,
    ...howMattersAreGoneAbout(expert),
  ].join('\n\n');
  return {
    domain,
    title: expert.title,
    topics: expert.topics,
    example: expert.example,
    moreExamples: expert.moreExamples,
    askTool: askToolOf(domain),
    description: `Answers questions about ${expert.answers}. Name the customer by number or full name. Pass conversation_id for a follow-up question.`,
    permission,
    records,
    instructions,
    tools: [...everyDomain, ...expert.tools],
    ...(expert.tools.includes(resume.tool) && { resume }),
  };
}

function howMattersAreGoneAbout({ procedures = [] }: Expert): readonly string[] {
  const texts = procedures.map(({ text }) => text);
  return texts.length === 0
    ? []
    : ['How matters of yours are gone about. Follow the steps where one of these fits.', ...texts];
}

function mattersOfOthers(domain: Domain): string {
  const others = domains.filter((other) => other !== domain);
  const matters = others.map(
    (other) => `${experts[other].topics} belong to ${askToolOf(other)} (${handToolOf(other)})`,
  );
  return `- Matters of other experts: ${matters.join('; ')}. Hand such a part over with the tool in brackets, and say in your answer who answered it; where that is refused or there is no such tool, say whose matter it is.`;
}
