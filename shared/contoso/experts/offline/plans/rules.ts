import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case, Plan } from '#platform/experts/models/offline/offline-model';
import { applying, type Passage, passagesAbout, passagesOf } from '#platform/experts/models/offline/passages';
import { withFullStop } from '#platform/experts/models/offline/sources';
import { NeedsInput, one, type Steps } from '#platform/experts/models/offline/steps';
import { whatItCanDo } from '#platform/experts/unanswered';
import { termsOf } from '#platform/knowledge/terms';
import { expertDefinitions } from '../../domains.ts';
import { type Rule, rules } from '../capabilities/rules.ts';
import { search } from '../search.ts';
import { findCustomers, namesSomebody } from '../slots/customers.ts';
import { nameOf } from '../slots/subscriptions.ts';
import { facts } from './facts.ts';

/** Longest query that the search takes. */
const longestQuery = 500;
const mostPassages = 3;
/** Share of a question's words that a passage and its document must have where nobody said which document it is. */
const leastShare = 0.75;
const leastShareOfPassage = 0.5;
/** Points that Gold customers receive on top of a credit; the matrix says so. */
const goldPoints = /receive (\d+) percentage points on top/;

/** One plan for each rule: the passages of its document, and of a list or table the entry that applies. */
export const rulePlans: Readonly<Record<string, Plan>> = Object.fromEntries(
  Object.entries(rules).map(([name, rule]) => [name, (about: Case) => answerRule(rule, about, name)]),
);

function* answerRule(rule: Rule, about: Case, name: string): Steps<Draft> {
  const [question = ''] = about.said;
  const customers = namesSomebody(question) ? yield* findCustomers(about) : [];
  const parts = customers.map((customer) => `As for everybody, so for ${nameOf(customer)}:`);
  const citations: string[] = [];
  for (const { title, passage } of [rule, ...(rule.also ?? [])]) {
    const { documents } = yield* one(search(`${title} ${passage}`.slice(0, longestQuery)));
    const document = documents.find((found) => found.title === title);
    if (document !== undefined) {
      parts.push(sayPassages(passagesOf(document.content), passage, about.said.join(' ')));
      if (name === 'outage_credit' && /\bgold\b/i.test(about.said.join(' '))) {
        parts.push(...goldCredit(parts.at(-1) ?? '', document.content));
      }
      citations.push(title);
    }
  }
  if (citations.length === 0) {
    throw new NeedsInput(
      `The document "${rule.title}" is not there any more.`,
      'Ask in other words, please.',
    );
  }
  const disagree =
    rule.disagree === true && citations.length > 1
      ? ['The two documents disagree; have it confirmed before you promise it.']
      : [];
  return facts(parts.join(' '), disagree, { citations });
}

/** What a rule says for the value that is asked about, or what it says. */
function sayPassages(passages: readonly Passage[], search: string, said: string): string {
  const about = passagesAbout(passages, search, mostPassages);
  const value = valueIn(said);
  const rows = value === undefined ? [] : applying(passages, value);
  const fitting = rows.length > 1 ? rows.filter(({ text }) => !/speed|calls/.test(text)) : rows;
  if (value !== undefined && fitting.length > 0) {
    return fitting.map(({ text }) => withFullStop(text)).join(' ');
  }
  const list = about[0]?.heading ?? '';
  const entries = list === '' ? about : passages.filter(({ heading }) => heading === list);
  return (
    entries.length > 0 && about.length > 1 && list !== '' && about.every(({ heading }) => heading === list)
      ? entries
      : about
  )
    .map(({ text }) => withFullStop(text))
    .join(' ');
}

function valueIn(said: string): number | undefined {
  const digits = /(?:\$\s?)?(\d+(?:\.\d+)?)/.exec(
    said.replace(/\b(?:customer|invoice|subscription)\s+\d+/gi, ' '),
  )?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function goldCredit(row: string, content: string): string[] {
  const points = Number(goldPoints.exec(content)?.[1]);
  const percent = Number(/(\d+) %/.exec(row)?.[1]);
  return Number.isNaN(points) || Number.isNaN(percent)
    ? []
    : [`Gold customers receive ${points} percentage points on top: ${percent + points} % in all.`];
}

/** A question that is about none of the capabilities: a rule whose passage clearly fits it, or an honest no. */
export function* anythingElse({ transcript: { question }, domain }: Case): Steps<Draft> {
  const expert = expertDefinitions.find((one_) => one_.domain === domain);
  const examples = expert === undefined ? '' : whatItCanDo(expert);
  if (namesSomebody(question)) {
    throw new NeedsInput(
      'It was not understood what is asked about this customer, so nothing was looked up.',
      'What should be looked up? For example what is owed, the usage, the plan, or the tickets.',
    );
  }
  const asked = termsOf(question);
  const query = question.replace(/\s+/g, ' ').trim().slice(0, longestQuery);
  const { documents } = asked.size === 0 ? { documents: [] } : yield* one(search(query));
  const share = (text: string) => [...termsOf(text)].filter((term) => asked.has(term)).length / asked.size;
  const [best] = documents
    .filter(({ title, content }) => share(`${title} ${content}`) >= leastShare)
    .flatMap(({ title, content }) =>
      passagesOf(content).map((passage) => ({ title, passage, fit: share(passage.text) })),
    )
    .toSorted((a, b) => b.fit - a.fit);
  if (best === undefined || best.fit < leastShareOfPassage || asked.size < 2) {
    return {
      status: 'error',
      headline: `The question was not understood, so nothing was looked up. ${examples}`,
      findings: [],
    };
  }
  return facts(withFullStop(best.passage.text), [`So says "${best.title}".`], { citations: [best.title] });
}
