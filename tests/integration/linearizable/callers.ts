import type { Subject } from '../../recovery/crash-points/subjects.ts';
import type { Answered, Asked } from './account-model.ts';
import type { Operation } from './checker.ts';
import { type Draw, pick } from './draw.ts';

/** Calls a tool of some instance. */
export type Call = (
  tool: string,
  args: Readonly<Record<string, unknown>>,
) => Promise<{ readonly isError: boolean; readonly content: unknown }>;

export type History = Operation<Asked, Answered>[];

/** Gives times that are all different, in the order in which they are asked for. */
export type Tick = () => number;

/** What the callers of one customer do, at the same time, and what they are answered. */
export interface Callers {
  readonly subject: Subject;
  readonly history: History;
  /** Keys that were used, to be sent again. */
  readonly used: Extract<Asked, { readonly key: string }>[];
}

const attempts = 6;

/** One call, repeated under its key until it is answered. Without an answer nobody knows whether it was carried out. */
export async function callOnce(callers: Callers, draw: Draw, call: Call, tick: Tick): Promise<void> {
  const asked = next(callers, draw);
  const from = tick();
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const answer = answerOf(asked, await call(...toolCall(asked, callers.subject)));
    if (answer !== undefined) {
      callers.history.push({ asked, from, ended: { at: tick(), answer } });
      return;
    }
  }
  if ('key' in asked) {
    callers.history.push({ asked, from, ended: undefined });
  }
}

/** Most cents of a payment: small, so that an invoice takes many; some are refused in the end. */
const mostCents = 2_000;

function next({ history, used, subject }: Callers, draw: Draw): Asked {
  const chance = draw();
  if (chance < 0.1 && used.length > 0) {
    return pick(draw, used);
  }
  if (chance < 0.5) {
    return { kind: pick(draw, ['read balance', 'read tickets', 'read roaming'] as const) };
  }
  const key = `${subject.number}-${used.length}-${history.length}`;
  const asked =
    chance < 0.8
      ? { kind: 'pay' as const, key, cents: 1 + Math.floor(draw() * mostCents) }
      : chance < 0.92
        ? { kind: 'ticket' as const, key }
        : { kind: 'roaming' as const, key, to: draw() < 0.5 };
  used.push(asked);
  return asked;
}

function toolCall(
  asked: Asked,
  { customer_id, subscription_id, invoice_id }: Subject,
): [string, Readonly<Record<string, unknown>>] {
  switch (asked.kind) {
    case 'pay':
      return ['pay_invoice', { invoice_id, amount: asked.cents / 100, idempotency_key: asked.key }];
    case 'ticket': {
      const about = { category: 'technical', priority: 'normal', subject: 'Slow', description: 'Slow.' };
      return [
        'create_support_ticket',
        { customer_id, subscription_id, ...about, idempotency_key: asked.key },
      ];
    }
    case 'roaming': {
      const update = { roaming_enabled: asked.to };
      return ['update_subscription', { subscription_id, update, idempotency_key: asked.key }];
    }
    case 'read balance':
      return ['get_billing_summary', { customer_id }];
    case 'read tickets':
      return ['get_support_tickets', { customer_id }];
    case 'read roaming':
      return ['get_subscription_detail', { subscription_id }];
  }
}

const cents = (dollars: unknown) => Math.round(Number(dollars) * 100);

/** Undefined when it is not known whether it was carried out, or it was not. */
function answerOf(
  asked: Asked,
  { isError, content }: { readonly isError: boolean; readonly content: unknown },
): Answered | undefined {
  if (isError) {
    return asked.kind === 'pay' && /is outstanding; pay|is settled already/.test(String(content))
      ? 'refused'
      : undefined;
  }
  const found = content as Readonly<Record<string, unknown>>;
  switch (asked.kind) {
    case 'pay':
      return cents(found.outstanding);
    case 'ticket':
      return Number(found.ticket_id);
    case 'roaming':
      return 'changed';
    case 'read balance':
      return cents(found.total_due);
    case 'read tickets':
      return (found.tickets as readonly unknown[]).length;
    case 'read roaming':
      return Boolean(found.roaming_enabled);
  }
}
