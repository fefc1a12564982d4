import * as z from 'zod';
import { visible } from '#platform/format-controls';
import { pseudonyms } from '#platform/telemetry/pseudonym';
import type { Paint, Tone } from '../../scripts/terminal/paint.ts';
import { directory } from '../identity/directory.ts';

/** The name behind a pseudonym of the log; undefined for nobody of the local directory. */
export type NameOf = (pseudonym: string) => string | undefined;

const text = z.string().transform(visible);
/** What is read of a line of the service's log. */
const logLine = z.object({
  time: z.iso.datetime(),
  level: z.enum(['debug', 'info', 'warn', 'error']),
  message: text,
  tenant: text.optional(),
  user: text.optional(),
  tool: text.optional(),
  by: text.optional(),
  outcome: text.optional(),
  reason: text.optional(),
  error: text.optional(),
  durationMs: z.number().optional(),
  correlationId: text.optional(),
});
type LogLine = z.output<typeof logLine>;

/**
 * The demo users by the pseudonyms that the log has for them. Their names are made up and on this machine only; in the
 * log they stay pseudonyms.
 * @param key secret that the log's pseudonyms are made with
 */
export function demoNames(key: string): NameOf {
  const pseudonym = pseudonyms(key);
  const names = new Map(
    directory.flatMap(({ tid, slug, users, daemonOid }) => [
      ...users.map(({ oid, signInName }) => [pseudonym(`${tid}:${oid}`), signInName] as const),
      [pseudonym(`${tid}:${daemonOid}`), `daemon@${slug}`] as const,
    ]),
  );
  return (known) => names.get(known);
}

/** What the host itself says of a function that failed, or that took the worker with it. */
const hostFailure = /^\[[^\]]+\] (?:Executed .*\(Failed|Worker uncaught exception)/;

/**
 * What a person who watches wants of a line that a host prints: one line for each call (time, user, tool, outcome,
 * milliseconds, correlation id), and one for each warning or error; undefined for all else.
 */
export function callLine(line: string, nameOf: NameOf, paint: Paint): string | undefined {
  const logged = parse(line);
  if (logged === undefined) {
    return hostFailure.test(line) ? paint('bad', visible(line)) : undefined;
  }
  const { level, message } = logged;
  if (message === 'tool called' || message === 'request refused') {
    return describe(logged, nameOf, paint);
  }
  if (level !== 'warn' && level !== 'error') {
    return undefined;
  }
  const why = logged.reason ?? logged.error;
  const text = `${message}${why === undefined ? '' : ` (${why})`}`;
  return joined(paint, logged, [paint(level === 'error' ? 'bad' : 'warning', text)]);
}

function describe(logged: LogLine, nameOf: NameOf, paint: Paint): string {
  const { user, tool = 'request', by, outcome = '', reason, durationMs } = logged;
  const who = user === undefined ? 'somebody unverified' : (nameOf(user) ?? user);
  const what = by === 'expert' ? `${tool} (by an expert)` : tool;
  const ended = reason === undefined ? outcome : `${outcome} (${reason})`;
  return joined(paint, logged, [
    who,
    what,
    paint(toneOf(outcome), ended),
    ...(durationMs === undefined ? [] : [`${durationMs} ms`]),
  ]);
}

/** Two blanks between the parts and no columns: a line must not need more room than what it says. */
function joined(paint: Paint, { time, correlationId }: LogLine, parts: readonly string[]): string {
  const clock = new Date(time).toLocaleTimeString('en-GB');
  return [
    paint('faint', clock),
    ...parts,
    ...(correlationId === undefined ? [] : [paint('faint', correlationId)]),
  ].join('  ');
}

function toneOf(outcome: string): Tone {
  if (outcome === 'ok') {
    return 'good';
  }
  return ['internal_error', 'unavailable'].includes(outcome) ? 'bad' : 'warning';
}

function parse(line: string): LogLine | undefined {
  if (!line.startsWith('{')) {
    return undefined;
  }
  try {
    return logLine.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
