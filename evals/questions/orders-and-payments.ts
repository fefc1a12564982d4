import { type Book, found, sum } from './book.ts';
import { type Question, question } from './key.ts';

/** Orders, refunds, payments to be made, and the rules about money. */
export function moneyQuestions(book: Book): readonly Question[] {
  const billing = (said: string | readonly string[], key: Question['key']) => question('billing', said, key);
  const open = (customer: number) => found(book.openInvoices(customer)[0]);
  const spent = sum(book.orders(9).map(({ amount }) => amount));
  return [
    billing('mary doe wants her 75 bucks back for the extender, where is it?', {
      facts: ['2025-12-21', 75, 'Returns Desk'],
    }),
    billing('what did Darby Schneider send back and when', { facts: ['Wireless Earbuds', '2025-11-06'] }),
    billing('has the hotspot for customer 7 been delivered?', { facts: ['pending', 105] }),
    billing('how much did customer 9 spend in the shop', { facts: [spent] }),
    billing('latest order of Osbaldo Schaefer', { facts: ['Fast Charger', 'pending', '2026-01-12'] }),
    billing('did customer 6 order anything?', { facts: ['no order|0 orders|no orders|not ordered'] }),
    billing('take 10 dollars towards invoice 58 for customer 7', {
      status: 'open',
      proposes: { tool: 'pay_invoice', arguments: { invoice_id: 58, amount: 10 } },
    }),
    billing('settle everything that is open on invoice 91 by paypal', {
      status: 'open',
      proposes: { tool: 'pay_invoice', arguments: { invoice_id: 91, amount: 26.05, method: 'paypal' } },
    }),
    billing('Sara Lee wants to clear her whole debt now, charge it please', {
      status: 'open',
      proposes: {
        tool: 'pay_invoice',
        arguments: { invoice_id: open(258).invoice_id, amount: open(258).outstanding },
      },
    }),
    billing(['pay invoice 313', 'all of it'], {
      status: 'open',
      proposes: { tool: 'pay_invoice', arguments: { invoice_id: 313, amount: 69.73 } },
    }),
    billing(['Pay 30 dollars on invoice 304', 'yes'], {
      status: 'open',
      proposes: { tool: 'pay_invoice', arguments: { invoice_id: 304, amount: 30 } },
    }),
    billing('pay something for customer 29', { status: 'open', proposesNothing: true }),
    billing('customer 258 has lost her job, can she spread the payment? over how many months', {
      facts: ['3', '6', 'instal'],
    }),
    billing('who signs off on a 120 dollar credit', { facts: ['team lead'], not: ['billing manager'] }),
    billing('credit of 35 dollars - can I do that myself?', { facts: ['agent', 50] }),
    billing('who has to ok 900 dollars of goodwill', { facts: ['billing manager'] }),
    billing('how long has someone got to contest a charge?', { facts: [60] }),
    billing('what happens when the automatic collection fails two times in a row', {
      facts: ['switched off'],
    }),
    billing('how much cheaper is it per month if they let us collect automatically', { facts: [5] }),
    billing('grace period for unpaid invoices', { facts: [10] }),
    billing('how big is the reconnection charge and is it dropped the first time?', {
      facts: [25, 'waive|removes the fee'],
    }),
    billing('price per block when a mobile customer blows through the allowance', { facts: [4, 500] }),
    billing('how many days may a phone be sent back', { facts: [30] }),
    billing('goodwill twice a year for the same line ok?', { facts: ['once|twelve'] }),
    billing('someone never got the goods money after 3 weeks, whom do I tell?', { facts: ['Returns Desk'] }),
    billing('Quel est le solde du client 12 ?', { status: 'open', facts: ['English'] }),
    billing('Cuánto debe el cliente 8', { status: 'open', facts: ['English'] }),
    billing('write me a poem about unpaid bills', { status: 'open', proposesNothing: true }),
    billing('what does our CEO earn', { status: 'open' }),
    billing('my tax return is due, can you fill it in', { status: 'open' }),
  ];
}
