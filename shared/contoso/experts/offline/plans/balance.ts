import { findAccounts, type InvoiceRecord, nameOf } from '#contoso/experts/offline/slots/subscriptions';
import { lateFee } from '#contoso/rules/late-fee';
import { formatMoney } from '#contoso/rules/money';
import { counted } from '#platform/counted';
import { daysBetween } from '#platform/dates';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { largestOf, listed, operationsIn, sumOf } from '#platform/experts/models/offline/operations';
import type { Steps } from '#platform/experts/models/offline/steps';
import { numbersIn } from '../slots/numbers.ts';
import { facts, lines } from './facts.ts';

const outstanding = ({ outstanding: left }: InvoiceRecord) => left;

/** What customers owe: each, together, and who owes most. */
export function* balance(about: Case): Steps<Draft> {
  const operations = operationsIn(about.said.join(' '));
  const accounts = (yield* findAccounts(about)).map(({ customer, invoices }) => {
    const open = invoices.filter((invoice) => outstanding(invoice) > 0);
    return { name: nameOf(customer), open, owed: sumOf(open, outstanding) };
  });
  const each = accounts.map(({ name, open, owed }) =>
    owed === 0
      ? `${capital(name)} owes nothing: every invoice is settled.`
      : `${capital(name)} owes ${formatMoney(owed)} in all. Open: ${listed(open.map(openInvoice))}.`,
  );
  const most = largestOf(accounts, ({ owed }) => owed);
  const head =
    accounts.length === 1 || most === undefined
      ? []
      : [
          operations.sum && !operations.largest
            ? `Together they owe ${formatMoney(sumOf(accounts, ({ owed }) => owed))}.`
            : `${capital(most.name)} owes most, ${formatMoney(most.owed)}.`,
        ];
  return facts(lines([...head, ...each]));
}

/** What is past its due date, and the late fees that the policy gives for it. */
export function* overdue(about: Case): Steps<Draft> {
  const { today } = about;
  const each = (yield* findAccounts(about)).map(({ customer, invoices }) => {
    const late = invoices.filter((invoice) => outstanding(invoice) > 0 && invoice.due_date < today);
    return late.length === 0
      ? `${capital(nameOf(customer))} has nothing overdue.`
      : `${formatMoney(sumOf(late, outstanding))} of ${nameOf(customer)} is overdue, on ${counted(late.length, 'invoice')}: ${listed(late.map(openInvoice))}.`;
  });
  return facts(lines(each));
}

/** Late fees: from day 11 after the due date, once for each invoice. */
export function* lateFees(about: Case): Steps<Draft> {
  const { today, said } = about;
  const { invoices: named } = numbersIn(said.join(' '));
  const each = (yield* findAccounts(about)).map(({ customer, invoices }) => {
    const late = invoices.filter(
      ({ invoice_id, due_date, outstanding: left }) =>
        left > 0 && due_date < today && (named.length === 0 || named.includes(invoice_id)),
    );
    const fees = late.flatMap((invoice) => {
      const fee = lateFee(invoice.outstanding, daysBetween(invoice.due_date, today));
      return fee === 0 ? [] : [{ invoice, fee }];
    });
    const name = capital(nameOf(customer));
    const total = sumOf(fees, ({ fee }) => fee);
    const list = fees.map(
      ({ invoice, fee }) =>
        `invoice ${invoice.invoice_id}: ${formatMoney(fee)} (${formatMoney(invoice.outstanding)} due ${invoice.due_date})`,
    );
    return fees.length === 0
      ? `No late fee applies to ${nameOf(customer)}: nothing${named.length > 0 ? ' of it' : ''} is more than 10 days overdue with at least $10.00 open.`
      : `${name}: late fees of ${formatMoney(total)} in all, one late fee for each invoice from day 11 after its due date. ${listed(list)}.`;
  });
  return facts(lines(each));
}

export function openInvoice({ invoice_id, outstanding: left, due_date }: InvoiceRecord): string {
  return `invoice ${invoice_id}, ${formatMoney(left)}, due ${due_date}`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
