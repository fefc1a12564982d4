import type { Domain } from '#contoso/experts/domains';
import type { AnswerKey } from '../../seed/scenarios/answer-key.ts';
import type { EvalCase } from '../case.ts';
import { securityRole } from '../case.ts';
import type { CompanyData } from '../companies.ts';

/** Whose matter each scenario is, by its number. */
const experts: Readonly<Record<number, Domain>> = {
  1: 'billing',
  2: 'product',
  3: 'product',
  4: 'account',
  5: 'product',
  6: 'billing',
  7: 'product',
  8: 'billing',
  9: 'billing',
};

/** Every question of the nine answer keys, and the same cases asked by the customer's name instead of the number. */
export function scenarioCases(name: EvalCase['company'], { answerKeys, dataset }: CompanyData): EvalCase[] {
  const titles = new Map(dataset.documents.map(({ slug, title }) => [slug, title]));
  return answerKeys.flatMap((key) => {
    const customer = dataset.customers.find(({ customer_id }) => customer_id === key.customer_id);
    const byName = `My name is ${customer?.first_name} ${customer?.last_name}. ${withoutNumber(key)}`;
    return [...key.questions, byName].map((question, place) => toCase(name, key, question, place, titles));
  });
}

function withoutNumber({ questions, customer_id }: AnswerKey): string {
  const spoken = questions[0] ?? '';
  return spoken
    .replace(/I am customer \d+[.,]? ?|My customer number is \d+\. ?|Customer \d+\. ?/gi, '')
    .replaceAll(String(customer_id), '')
    .trim();
}

function toCase(
  company: EvalCase['company'],
  key: AnswerKey,
  question: string,
  place: number,
  titles: ReadonlyMap<string, string>,
): EvalCase {
  return {
    name: `scenario ${key.scenario}, ${['asked by the customer', 'asked by staff', 'asked by name'][place]}: ${key.title}`,
    company,
    roles: securityRole,
    domain: experts[key.scenario] ?? 'billing',
    turns: [
      {
        question,
        expect: {
          requiredFacts: key.required_facts,
          forbiddenClaims: key.forbidden_claims,
          citations: key.documents_to_cite.map((slug) => titles.get(slug) ?? slug),
          requiredTools: key.required_tools,
          forbiddenTools: key.forbidden_tools,
        },
      },
    ],
  };
}
