import { type Question, question } from './key.ts';

/** Faults, incidents, tickets, changes, and what nobody here can answer. */
export function serviceQuestions(): readonly Question[] {
  const product = (said: string | readonly string[], key: Question['key']) => question('product', said, key);
  const changes = (said: string | readonly string[], subscription_id: number, update: object) =>
    product(said, {
      status: 'open',
      proposes: { tool: 'update_subscription', arguments: { subscription_id, update } },
    });
  return [
    product('everything is dead at home, customer 21', { facts: ['offline'], not: ['roaming'] }),
    product('does customer 21 have working service?', { facts: ['offline'] }),
    product('which of customers 2, 7 and 9 have slow service', {
      facts: ['Labadie|customer 2', 'Koelpin|customer 7', 'slow', 'normal'],
    }),
    product("any outage at carson cole's place", { facts: ['investigating|open', '2026-01-07', 40] }),
    product('open incidents customer 13', { facts: [55, '2026-01-12'] }),
    product('was anything broken for customer 27 in december', { facts: ['2025-12-12', 'resolved'] }),
    product("how is customer 11's trouble with texts going", { facts: [94, 'open', 'urgent'] }),
    product('tickets for kamille rippin', { facts: [89, 105] }),
    product('how many tickets of customer 27 are closed', { facts: ['1|one', 105], not: [89] }),
    product('what did tom smith report', { facts: [121, '5th & Pine'] }),
    product('pages hardly load for Jane Doe, 252', { facts: ['slow', '2026-01-13'] }),
    product('Tom Smith keeps losing calls, what now', { facts: ['RF Engineering', 121] }),
    product('Mark Doe flies to Madrid in two days, will his phone work?', {
      facts: ['not|off', '3 days', '24 hours'],
    }),
    changes('switch roaming on for customer 253 please, he agreed', 253, { roaming_enabled: true }),
    changes('move customer 251 to internet unlimited', 251, { product_id: 7 }),
    changes('turn autopay on for customer 258', 258, { autopay_enabled: true }),
    changes('raise the cap of customer 259 to 50 GB', 259, { data_cap_gb: 50 }),
    changes('take roaming off subscription 2', 2, { roaming_enabled: false }),
    changes(['put customer 30 on the plus plan', 'yes'], 30, { product_id: 5 }),
    product('open a ticket for customer 24, internet keeps dying at night, high prio', {
      status: 'open',
      proposes: {
        tool: 'create_support_ticket',
        arguments: { customer_id: 24, subscription_id: 24, category: 'technical', priority: 'high' },
      },
    }),
    product(['raise a ticket for customer 10 please', 'calls break off every few minutes'], {
      status: 'open',
      proposes: { tool: 'create_support_ticket', arguments: { customer_id: 10, category: 'call_drop' } },
    }),
    product('how far ahead does someone need to order use abroad', { facts: ['3 days', '24 hours'] }),
    product('what does one get back for a 30-hour outage', { facts: [15], not: [30] }),
    product('Gold customer, 80 hours without line, how much is credited?', { facts: [35] }),
    product('line was gone for 2 hours, any money back?', { facts: ['none|no credit'] }),
    product('bank codes by text dont arrive, what can the agent do', { facts: ['short codes'] }),
    product('pictures will not go out but texts do', { facts: ['mobile data'] }),
    product('how many examples do the radio people need', { facts: ['three|3'] }),
    product('how quickly do the radio people reply', { facts: [5, 'business days'] }),
    product('below which share of the promised speed is it escalated', { facts: [25] }),
    product('Warum ist das Internet von Kunde 252 so langsam?', { status: 'open', facts: ['English'] }),
    product('客户251的账单为什么这么高？', { status: 'open', facts: ['English'] }),
    product('why is it so slow', { status: 'open', facts: ['customer'] }),
    product('customer 4000 roaming?', { status: 'open', facts: [4000], not: ['active on'] }),
    product("what is Doe's plan", { status: 'open', facts: [251, 252, 253, 254, 255, 256] }),
    product('will it rain in Paris tomorrow', { status: 'open' }),
    product('translate hello into Klingon', { status: 'open' }),
    product(['pages hardly load for customer 252', 'since when is that known?'], { facts: ['2026-01-13'] }),
    product(['any incidents at customer 13?', 'and 9?'], { facts: [40, '2026-01-07'] }),
    product('is Zelda Quux on roaming', { status: 'open', not: ['active on'] }),
    product('speed and cap of lynn breitenberg', { facts: ['500', 50] }),
  ];
}
