import { type Book, found, mean, sum } from './book.ts';
import { about, type Question, question } from './key.ts';

/** What is owed, billed and paid. */
export function billingQuestions(book: Book): readonly Question[] {
  const billing = (said: string | readonly string[], key: Question['key']) => question('billing', said, key);
  const ids = (customer: number) => book.openInvoices(customer).map(({ invoice_id }) => invoice_id);
  const amounts = (customer: number) => book.invoices(customer).map(({ amount }) => amount);
  const largest = (customer: number) =>
    found(book.invoices(customer).toSorted((a, b) => b.amount - a.amount)[0]);
  const smallest = (customer: number) =>
    found(book.invoices(customer).toSorted((a, b) => a.amount - b.amount)[0]);
  const monthly = (customer: number, month: string) =>
    book.billed(customer, month).map(({ amount }) => amount);
  const oldestOpen = found(book.openInvoices(28).at(-1));
  return [
    billing('what does cust 12 owe in total', { facts: [book.owed(12)] }),
    billing('outstanding balance for Elyssa Kirlin?', { facts: [book.owed(8), 'Kirlin'] }),
    billing('which bills has payton williamson not paid yet and when were they due', {
      facts: book.openInvoices(24).flatMap(({ invoice_id, due_date }) => [invoice_id, due_date]),
    }),
    billing('hw much did customer 14 actaully pay us since november', {
      facts: [book.paidSince(14, '2025-11-01')],
    }),
    billing("What's Grant Altenwerth's average bill over the last three invoices?", {
      facts: [about(mean(amounts(12).slice(0, 3)), 0.006)],
    }),
    billing('biggest invoice of customer 5?', { facts: [largest(5).amount, largest(5).invoice_id] }),
    billing('smallest bill customer 19 ever got', { facts: [smallest(19).amount] }),
    billing('how many payments bounced for customer 8', { facts: [book.failed(8).length] }),
    billing('when is invoice 10 of customer 1 due and how much is still open on it?', {
      facts: ['2026-01-23', 127.74],
    }),
    billing('has bill 64 been paid? customer 8', { facts: [77.58, 'not|open|outstanding|unpaid|fail'] }),
    billing('how did sheila bogan pay invoice 3', { facts: ['credit card', 99.47] }),
    billing('total billed to customer 28 in december', { facts: [sum(monthly(28, '2025-12'))] }),
    billing('Compare what customers 9 and 11 owe', { facts: [book.owed(9), book.owed(11)] }),
    billing('who owes more, Leonel Maggio or Alisa Yost?', { facts: ['Yost', book.owed(3)] }),
    billing('whats overdue for cust 25', {
      facts: [sum(book.overdue(25).map(({ outstanding }) => outstanding))],
    }),
    billing('does a late fee apply to invoice 83 of customer 9? how much', {
      facts: [5, 'late fee'],
      not: [4.46],
    }),
    billing('customer 14, late fees altogether right now?', { facts: [book.lateFees(14)] }),
    billing('is customer 26 suspended, and what would bring the service back', {
      facts: ['inactive|suspended', book.owed(26)],
    }),
    billing('why so expensive this month? john doe', { facts: [150, 60, 100] }),
    billing('open bills for customer 29, list them', { facts: ids(29) }),
    billing('list the invoices customer 256 got in 2025', {
      facts: book.billed(256, '2025').map(({ invoice_id }) => invoice_id),
    }),
    billing("that's a lot for one month, what happened on Alex Brown's last bill", {
      facts: [150, 50, 'GB'],
    }),
    billing('until when can Alex Brown still go for a bigger plan backdated?', { facts: ['2026-01-29'] }),
    billing(['what does customer 13 owe', 'and 14?'], { facts: [book.owed(14)], not: [book.owed(13)] }),
    billing(["sum of customer 20's bills in november", 'and in december?'], {
      facts: [sum(monthly(20, '2025-12'))],
      not: [sum(monthly(20, '2025-11'))],
    }),
    billing(['open invoices of customer 28', 'which one is the oldest?'], {
      facts: [oldestOpen.invoice_id, oldestOpen.outstanding],
    }),
    billing('What does customer 3 owe and is she on autopay?', {
      facts: [book.owed(3), 'autopay', 'off|not|no '],
    }),
    billing("Doe's balance?", { status: 'open', facts: [251, 252, 253, 254, 255, 256] }),
    billing('balance of velva.abshire.14@mail.contoso.example', { facts: [book.owed(14)] }),
    billing('caller is on +1-384-555-0193, what do they owe', { facts: [book.owed(24), 'Williamson'] }),
    billing('who owes us the most out of customers 8, 9 and 10?', {
      facts: ['Kirlin|customer 8', book.owed(8)],
    }),
    billing('what do 27, 28 and 29 owe together', { facts: [book.owed(27, 28, 29)] }),
    billing('list failed payments of customer 30 with dates', {
      facts: book.failed(30).flatMap(({ amount, payment_date }) => [amount, payment_date]),
    }),
    billing('average bill of customer 2, whole history', { facts: [about(mean(amounts(2)), 0.006)] }),
    billing('what was customer 22 charged in october all in all', { facts: [sum(monthly(22, '2025-10'))] }),
    billing('last two invoices of Kamille Rippin', {
      facts: book
        .invoices(27)
        .slice(0, 2)
        .flatMap(({ invoice_id, amount }) => [invoice_id, amount]),
    }),
    billing('whats teh balnce of custmer 17', { facts: [book.owed(17)] }),
    billing('customer 4000: anything unpaid?', { status: 'open', not: ['owes'] }),
    billing('what is still owed?', { status: 'open', facts: ['customer'] }),
    billing(['What does Mr Doe owe?', 'the one called John'], { facts: [100] }),
    billing('bills of customer 7 that are above 100 dollars', {
      facts: book.invoices(7).flatMap(({ amount, invoice_id }) => (amount > 100 ? [invoice_id] : [])),
      not: [57],
    }),
  ];
}
