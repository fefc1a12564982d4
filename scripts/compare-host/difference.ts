import { counted } from '#platform/counted';
import type { Answer } from './client/read-answer.ts';
import { cameAtOnce, eventsOf } from './events.ts';
import type { Seen } from './observe.ts';
import type { Part, RequestRow } from './row.ts';

/** In what two hosts differ, and why that is left so; without a reason it is a fault of one of them. */
export interface Difference {
  readonly part: Part;
  readonly real: string;
  readonly local: string;
  readonly why: string | undefined;
}

/** What was seen at an address. */
export interface SeenAt {
  readonly origin: string;
  readonly seen: Seen;
}

/**
 * Headers that differ from one answer to the next, or that the server, not the app, puts there. The length of a body
 * goes with the body.
 */
const volatile = new Set([
  ...['connection', 'content-length', 'date', 'keep-alive', 'request-context', 'server', 'transfer-encoding'],
  ...['traceparent', 'tracestate', 'x-azure-ref', 'x-ms-invocation-id', 'x-powered-by'],
]);
/** Headers of which the name is compared alone: their values hold ids and times. */
const unlike = new Set(['mcp-session-id']);
/** How far apart the same event may be on both hosts where a row does not say it, in milliseconds. */
const apartMs = 10_000;

/** Every part in which a row's answers differ. */
export function differencesOf(row: RequestRow, real: SeenAt, local: SeenAt): readonly Difference[] {
  if ('fault' in real.seen || 'fault' in local.seen) {
    return [{ part: 'status', real: summaryOf(real.seen), local: summaryOf(local.seen), why: undefined }];
  }
  const [there, here] = [real.seen.answers, local.seen.answers];
  return row.compares.flatMap((part): readonly Difference[] => {
    const [a, b] = [viewOf(part, there, real.origin), viewOf(part, here, local.origin)];
    const differ = part === 'events' ? !areEventsAlike(there, here, row.apartMs ?? apartMs) : a !== b;
    const why = row.decided?.find((one) => one.part === part)?.why;
    return differ ? [{ part, real: a, local: b, why }] : [];
  });
}

/** What the page says of what was seen: `401`, `200 200`, or `9 events in 0.5 to 16.1 s`. */
export function summaryOf(seen: Seen): string {
  if ('fault' in seen) {
    return seen.fault;
  }
  const { answers } = seen;
  const times = answers.flatMap(eventsOf).map(({ atMs }) => (atMs / 1_000).toFixed(1));
  const events =
    times.length > 1 ? `, ${counted(times.length, 'event')} in ${times[0]} to ${times.at(-1)} s` : '';
  return `${viewOf('status', answers, '')}${events}`;
}

/** A part of all answers as text that is the same when the part is. */
function viewOf(part: Part, answers: readonly Answer[], origin: string): string {
  switch (part) {
    case 'status':
      return answers.map(({ interim, status }) => [...interim, status].join(', ')).join('; ');
    case 'headers':
      return answers.map((answer) => headersOf(answer, origin)).join('; ');
    case 'body':
      return answers.map(({ body }) => steady(body, origin)).join('; ');
    case 'connection':
      return answers.map(({ staysOpen }) => (staysOpen ? 'stays open' : 'ends')).join('; ');
    case 'events':
      return answers
        .flatMap(eventsOf)
        .map(({ label, atMs }) => `${label} at ${(atMs / 1_000).toFixed(1)} s`)
        .join('; ');
  }
}

function headersOf({ headers }: Answer, origin: string): string {
  return headers
    .filter(([name]) => !volatile.has(name))
    .map(([name, value]) => `${name}: ${unlike.has(name) ? '…' : steady(value, origin)}`)
    .sort()
    .join(', ');
}

/** The same events in the same order, each about as late, and not held back by one of the two. */
function areEventsAlike(there: readonly Answer[], here: readonly Answer[], apart: number): boolean {
  const [a, b] = [there.flatMap(eventsOf), here.flatMap(eventsOf)];
  return (
    a.length === b.length &&
    cameAtOnce(a) === cameAtOnce(b) &&
    a.every(({ label, atMs }, index) => label === b[index]?.label && Math.abs(atMs - b[index].atMs) <= apart)
  );
}

/** Text without what differs from host to host and from moment to moment: addresses, ids, times. */
function steady(text: string, origin: string): string {
  const host = origin === '' ? [] : [new URL(origin).host];
  return [origin, ...host]
    .filter((one) => one !== '')
    .reduce((rest, one) => rest.replaceAll(one, '…'), text)
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '…')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '…');
}
