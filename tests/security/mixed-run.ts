import type { Dataset } from '../../seed/writing/dataset.ts';
import { smallDataset } from '../support/small-dataset.ts';
import { aCustomer } from '../support/small-records.ts';
import { type Door, sentenceOf } from './door.ts';
import { canShowForms, eras } from './door-messages.ts';
import { markedDataset, markersOf } from './markers.ts';

/** Customers of whom every text can be recognised wherever it turns up. */
export const privateData: Dataset = markedDataset('customer', {
  ...smallDataset,
  customers: smallDataset.customers.map(({ customer_id }) =>
    aCustomer({
      customer_id,
      first_name: 'Quintessa',
      last_name: 'Vandermolen',
      email: 'quintessa.v@private.example',
      phone: '+44 7700 900461',
      address: '17 Nightingale Crescent',
    }),
  ),
});

/** What a caller says, and nobody else should read. */
export const spoken = {
  search: 'vandermolen',
  reason: 'Passport P1234567 was shown',
  subject: 'My neighbour Ottoline listens',
  question: 'what happens after a burglary',
  wrong: 'a-wrong-value-of-mine',
  key: 'key-made-of-4929-1111-2222-3333',
} as const;

/** Texts that must not be in any line of a log, besides tokens and the secrets of the process. */
export function privateTexts(): string[] {
  const people = privateData.customers.flatMap(({ first_name, last_name, email, phone, address }) =>
    [first_name, last_name, email, phone, address].map((text) => text.split(' customer-')[0] ?? text),
  );
  const signedIn = ['Sara Sample', 'sara.sample', 'd0000000-0000-4000-8000-00000000000d'];
  return [...new Set([...markersOf('customer'), ...people, ...signedIn, ...Object.values(spoken)])];
}

/** Calls that end in every way but a fault of the surroundings. Returns the confirmation codes it was given. */
export async function mixedRun(
  door: Door,
  token: string,
  reader: string,
  forged: readonly string[],
): Promise<string[]> {
  const codes: string[] = [];
  for (const era of eras) {
    for (const [name, args] of calls) {
      const sentence = sentenceOf(await door.callTool(token, name, args, { era }));
      codes.push(...(sentence.match(/\b[A-Z2-9]{13}-[A-Z2-9]{13}-[A-Z2-9]{12}\b/g) ?? []));
    }
    await door.callTool(reader, 'unlock_account', { customer_id: 2, reason: spoken.reason }, { era });
    for (const wrong of [...forged, spoken.wrong]) {
      await door.rpc({ era, method: 'tools/list', token: wrong });
    }
    await door.rpc({ era, method: spoken.wrong, token });
    await door.callTool(token, spoken.wrong, {}, { era });
    await door.callTool(token, 'get_products', {}, { era, headers: { 'mcp-name': spoken.wrong } });
  }
  await door.callTool(token, 'unlock_account', unlock, { meta: canShowForms });
  await door.callTool(token, 'unlock_account', { ...unlock, confirmation_code: codes[0] });
  await door.send({ path: `/mcp?access_token=${token}`, body: { reason: spoken.reason } });
  await door.send({ token, body: `{"broken": "${spoken.reason}"` });
  await door.send({ token, body: [spoken.reason], headers: { 'x-note': spoken.wrong } });
  return codes;
}

const unlock = { customer_id: 2, reason: spoken.reason };

const calls: readonly (readonly [string, Record<string, unknown>])[] = [
  ['get_all_customers', {}],
  ['get_all_customers', { search: spoken.search }],
  ['get_customer_detail', { customer_id: 1 }],
  ['get_customer_detail', { customer_id: 4_040 }],
  ['get_customer_detail', { customer_id: spoken.wrong }],
  ['get_customer_detail', { [spoken.wrong]: 1 }],
  ['get_security_logs', { customer_id: 2 }],
  ['search_knowledge_base', { query: spoken.question }],
  ['pay_invoice', { invoice_id: 101, amount: 1, idempotency_key: spoken.key }],
  ['pay_invoice', { invoice_id: 101, amount: 999_999, idempotency_key: spoken.key }],
  [
    'create_support_ticket',
    {
      customer_id: 1,
      subscription_id: 11,
      category: 'billing',
      priority: 'low',
      subject: spoken.subject,
      description: spoken.reason,
    },
  ],
  ['unlock_account', unlock],
];
