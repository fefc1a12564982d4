import type * as z from 'zod';
import { findCustomer } from '#contoso/experts/offline/slots/customers';
import { droppedCalls as procedure } from '#contoso/procedures/dropped-calls';
import { getSupportTickets } from '#contoso/tools/tickets/get-support-tickets';
import { counted } from '#platform/counted';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { Sources } from '#platform/experts/models/offline/sources';
import { all, ask, type Steps } from '#platform/experts/models/offline/steps';
import { search } from '../search.ts';

type Ticket = z.output<typeof getSupportTickets.output>['tickets'][number];

const { workflow, guide, credits: creditMatrix } = procedure.documents;
const neededSamples = 3;
const samplePattern = /\d{4}-\d{2}-\d{2} \d{2}:\d{2}(?: UTC)?/g;
/** A few words behind "near": enough for a street corner, too few for anything else that a ticket may say. */
const placePattern = /\bnear ([\p{L}\p{N}&'-]+(?: [\p{L}\p{N}&'-]+){0,3}?)(?=[,.;:]|$)/u;

/** Calls that break off: what the ticket holds already, and where it goes from here. */
export function* droppedCalls(about: Case): Steps<Draft> {
  const { customer_id, first_name, last_name } = yield* findCustomer(about);
  const [{ tickets }, ...found] = yield* all(
    ask(getSupportTickets, { customer_id, open_only: true }),
    search('dropped call investigation workflow samples RF engineering'),
    search('credit dropped calls systemic fault'),
    search('troubleshooting calls dropping'),
  );
  const sources = new Sources(...found);
  const who = `customer ${customer_id} (${first_name} ${last_name})`;
  const ticket = tickets.find(({ category }) => category === 'call_drop');
  return ticket === undefined ? withoutTicket(who, sources) : withTicket(who, ticket, sources);
}

function withTicket(who: string, ticket: Ticket, sources: Sources): Draft {
  const samples = [...new Set(ticket.description.match(samplePattern) ?? [])];
  const place = placePattern.exec(ticket.subject)?.[1] ?? placePattern.exec(ticket.description)?.[1];
  const isComplete = samples.length >= neededSamples;
  return {
    status: 'done',
    headline: `Ticket ${ticket.ticket_id} of ${who} about dropped calls is ${ticket.status}, ${ticket.priority} priority, opened on ${ticket.opened_at.slice(0, 10)}.`,
    findings: [
      `It holds ${counted(samples.length, 'sample')}${place === undefined ? '' : ` near ${place}`}${samples.length === 0 ? '' : `: ${samples.join('; ')}`}.`,
      ...(isComplete ? sources.quote(workflow, /Escalate to RF Engineering/, /RF Engineering answers/) : []),
    ],
    options: [
      ...(isComplete
        ? ['The samples are complete, so the case goes to RF Engineering.']
        : [
            `${counted(neededSamples - samples.length, 'more sample is', 'more samples are')} needed, each with date, time and place.`,
          ]),
      ...sources.quote(workflow, /systemic fault becomes/),
      ...sources.quote(creditMatrix, /^dropped calls, systemic/, /nothing is promised/),
    ],
    citations: sources.citations,
    ...(isComplete ? {} : { followUp: 'When and where did the other calls break off?' }),
  };
}

function withoutTicket(who: string, sources: Sources): Draft {
  return {
    status: 'needs_input',
    headline: `There is no open ticket about dropped calls for ${who}.`,
    findings: sources.quote(workflow, /^Collect three samples/, /^Each has the date/),
    options: sources.quote(
      guide,
      /^Restart the phone/,
      /^Switch on calls over LTE/,
      /open a call_drop ticket/,
    ),
    citations: sources.citations,
    followUp: 'When and where did the last three calls break off?',
  };
}
