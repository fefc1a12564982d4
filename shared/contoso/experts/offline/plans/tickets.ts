import { findCustomer, findCustomers } from '#contoso/experts/offline/slots/customers';
import { chooseSubscription, nameOf } from '#contoso/experts/offline/slots/subscriptions';
import type { ticketCategories, ticketPriorities } from '#contoso/rules/model';
import { createSupportTicket } from '#contoso/tools/tickets/create-support-ticket';
import { getSupportTickets } from '#contoso/tools/tickets/get-support-tickets';
import { counted } from '#platform/counted';
import { askForChange } from '#platform/experts/models/offline/change';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { listed, operationsIn } from '#platform/experts/models/offline/operations';
import { ask, NeedsInput, one, type Steps } from '#platform/experts/models/offline/steps';
import { numbersIn } from '../slots/numbers.ts';
import { capital } from './balance.ts';
import { facts, lines } from './facts.ts';

type Category = (typeof ticketCategories)[number];
type Priority = (typeof ticketPriorities)[number];

/** Words by which the kind of a problem is told. */
const kinds: readonly (readonly [Category, RegExp])[] = [
  ['call_drop', /\bcalls? (?:\w+ ){0,2}(?:drop|break|end|cut)|dropp\w* calls?|losing calls/i],
  ['sms_issue', /\b(?:sms|texts?|messages?)\b/i],
  ['billing', /\b(?:bill\w*|invoice|payment|charge\w*|refund|money)\b/i],
  ['account', /\b(?:sign|log|login|password|lock\w*|access|account|identity)\b/i],
  ['technical', /\b(?:internet|line|router|modem|speed|slow|signal|network|service|connection|wi-?fi|tv)\b/i],
];
const priorities: readonly (readonly [Priority, RegExp])[] = [
  ['urgent', /\burgent/i],
  ['high', /\bhigh\b/i],
  ['low', /\blow (?:prio|priority)\b/i],
];
const closed = /\b(?:closed|solved|finished)\b/i;
const open = /\b(?:open|pending|unsolved|current)\b/i;

/** What customers reported, and what became of it. */
export function* tickets(about: Case): Steps<Draft> {
  const said = about.said.join(' ');
  const operations = operationsIn(said);
  const ids = numbersIn(said).tickets;
  const each: string[] = [];
  for (const customer of yield* findCustomers(about)) {
    const { tickets: every } = yield* one(ask(getSupportTickets, { customer_id: customer.customer_id }));
    const fitting = every
      .filter(({ ticket_id }) => ids.length === 0 || ids.includes(ticket_id))
      .filter(({ status }) =>
        closed.test(said) ? status === 'closed' : !open.test(said) || status !== 'closed',
      );
    const chosen = operations.newest && !operations.list ? fitting.slice(0, 1) : fitting;
    const state = closed.test(said) ? 'closed ' : open.test(said) ? 'open ' : '';
    const list = chosen.map(
      ({ ticket_id, subject, category, priority, status, opened_at }) =>
        `ticket ${ticket_id} "${subject}" (${category.replace('_', ' ')}, ${priority} priority), ${status}, opened ${opened_at.slice(0, 10)}`,
    );
    each.push(
      list.length === 0
        ? `${capital(nameOf(customer))} has no ${state}ticket.`
        : `${capital(nameOf(customer))} has ${counted(list.length, `${state}ticket`)}: ${listed(list)}.`,
    );
  }
  return facts(lines(each));
}

/** A ticket that was asked for: proposed with what was said. */
export function* openTicket(about: Case): Steps<Draft> {
  const said = about.said.join('. ');
  const customer = yield* findCustomer(about);
  const category = kinds.find(([, words]) => words.test(withoutRequest(said)))?.[0];
  if (category === undefined) {
    throw new NeedsInput(
      `Nothing was opened yet: it is not said what the problem of ${nameOf(customer)} is.`,
      'What is the problem, and since when?',
    );
  }
  const { subscription_id } = chooseSubscription(customer, said);
  const priority = priorities.find(([, words]) => words.test(said))?.[0] ?? 'normal';
  const description = about.said.toReversed().join(' ').slice(0, 1_000);
  const subject = subjectOf(about.said[0] ?? description);
  return yield* askForChange(
    ask(createSupportTicket, {
      customer_id: customer.customer_id,
      subscription_id,
      category,
      priority,
      subject,
      description,
    }),
    `the ${category.replace('_', ' ')} ticket for ${nameOf(customer)} with ${priority} priority`,
  );
}

/** A request for a ticket itself names an account or a line. */
function withoutRequest(said: string): string {
  return said.replace(
    /\b(?:open|raise|create|make|log|file|write)\b.{0,30}?\b(?:ticket|case)\b(?: for (?:customer|account|subscription) \d+)?/gi,
    ' ',
  );
}

const longestSubject = 100;

function subjectOf(text: string): string {
  const problem = withoutRequest(text)
    .replace(/^[\s,:;.-]+|(?:please)\W*$/gi, '')
    .trim();
  const subject = problem === '' ? text.trim() : problem;
  return capital(subject.slice(0, longestSubject));
}
