import { randomUUID } from 'node:crypto';
import type { JsonObject } from '#platform/mcp/message/json-object';
import { callTool, type Era, listTools, type Message } from '../../subjects/messages.ts';
import type { SoakTenant } from './surroundings.ts';

/** A request, and what its answer must be. */
export interface Visit {
  readonly kind: string;
  readonly path: '/mcp' | '/agentic/mcp';
  readonly message: Message;
  /** It changes something or starts a job under a key: it is sent again until it is answered. */
  readonly isRepeated: boolean;
  /** What is wrong with a result; undefined when nothing is. */
  wrong(result: JsonObject): string | undefined;
}

type Make = (tenant: SoakTenant, era: Era) => Omit<Visit, 'kind' | 'isRepeated'>;

/** Kinds of visits, and of how many it is one. */
const kinds: readonly (readonly [string, number, Make])[] = [
  ['list of tools', 4, (_tenant, era) => ({ path: '/mcp', message: listTools(era), wrong: () => undefined })],
  ['read', 8, detailOf],
  ['search', 6, searchIn],
  ['catalog', 6, (_tenant, era) => at('/mcp', callTool(era, 'get_products'), () => undefined)],
  ['change', 3, ticketOf],
  ['question', 2, questionOf],
  ['job', 1, jobOf],
];

const eras: readonly Era[] = ['2026-07-28', '2025-11-25'];
const lots = kinds.flatMap((kind) => Array.from({ length: kind[1] }, () => kind));

/**
 * What comes next, by chance.
 * @param first of which kind it is, for the visits that begin: so there is one of each
 */
export function nextVisit(tenant: SoakTenant, first?: number): Visit {
  const [kind, , make] = first === undefined ? oneOf(lots) : (kinds[first % kinds.length] ?? oneOf(lots));
  return { kind, isRepeated: kind === 'change' || kind === 'job', ...make(tenant, oneOf(eras)) };
}

export function oneOf<One>(all: readonly One[]): One {
  return all[Math.floor(Math.random() * all.length)] as One;
}

function at(path: Visit['path'], message: Message, wrong: Visit['wrong']) {
  return { path, message, wrong };
}

/** Ids are the same in all tenants; whose record it is, the e-mail address tells. */
function detailOf({ records }: SoakTenant, era: Era) {
  const { customer_id, email } = oneOf(records.customers);
  const message = callTool(era, 'get_customer_detail', { customer_id });
  return at('/mcp', message, ({ structuredContent }) => {
    const found = (structuredContent as { email?: unknown } | undefined)?.email;
    return found === email ? undefined : `customer ${customer_id} of another tenant`;
  });
}

function searchIn({ records }: SoakTenant, era: Era) {
  const { last_name } = oneOf(records.customers);
  const own = new Set(records.customers.map(({ email }) => email));
  const message = callTool(era, 'get_all_customers', { search: last_name });
  return at('/mcp', message, ({ structuredContent }) => {
    const { customers = [] } = (structuredContent ?? {}) as { customers?: readonly { email: string }[] };
    const strange = customers.some(({ email }) => !own.has(email));
    return strange ? 'a customer of another tenant among those found' : undefined;
  });
}

function ticketOf({ records }: SoakTenant, era: Era) {
  const { customer_id, subscription_id } = oneOf(records.subscriptions);
  const subject = `Soak ${randomUUID()}`;
  const message = callTool(era, 'create_support_ticket', {
    ...{ customer_id, subscription_id, category: 'technical', priority: 'low' },
    ...{ subject, description: 'Made by the soak.', idempotency_key: subject },
  });
  return at('/mcp', message, ({ structuredContent }) =>
    (structuredContent as { subject?: unknown } | undefined)?.subject === subject
      ? undefined
      : 'another ticket than the one asked for',
  );
}

function questionOf({ records }: SoakTenant, era: Era) {
  const { customer_id } = oneOf(records.customers);
  const question = `What subscriptions does customer ${customer_id} have?`;
  return at('/agentic/mcp', callTool(era, 'ask_expert', { question }), () => undefined);
}

function jobOf(_tenant: SoakTenant, era: Era) {
  const device_name = `device-${randomUUID()}`;
  const args = { device_name, detail: 'It is slow.', idempotency_key: device_name };
  const message = callTool(era, 'trouble_shoot_device', args, { progressToken: device_name });
  return at('/agentic/mcp', message, ({ structuredContent }) =>
    JSON.stringify(structuredContent ?? {}).includes(device_name)
      ? undefined
      : 'the report of another device',
  );
}
