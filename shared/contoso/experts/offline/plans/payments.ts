import { findAccounts, nameOf } from '#contoso/experts/offline/slots/subscriptions';
import { formatMoney } from '#contoso/rules/money';
import { counted } from '#platform/counted';
import { newestFirst } from '#platform/dates';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { listed, operationsIn, sumOf } from '#platform/experts/models/offline/operations';
import { always, isWithin, periodIn } from '#platform/experts/models/offline/period';
import type { Steps } from '#platform/experts/models/offline/steps';
import { numbersIn } from '../slots/numbers.ts';
import { capital } from './balance.ts';
import { facts, lines } from './facts.ts';
import { invoices } from './invoices.ts';

const asksForFailed = /\b(?:fail\w*|bounc\w*|declin\w*|reject\w*|refus\w*|unsuccessful)\b/i;

/** Payments: what failed, or what was really paid. A failed payment moved no money. */
export function* payments(about: Case): Steps<Draft> {
  const said = about.said.join(' ');
  if (numbersIn(said).invoices.length > 0) {
    return yield* invoices(about);
  }
  const period = about.said.map((text) => periodIn(text, about.today)).find((found) => found !== undefined);
  const when = period === undefined ? '' : ` ${period.words}`;
  const isFailed = asksForFailed.test(said);
  const { first, newest } = operationsIn(said);
  const each = (yield* findAccounts(about)).map(({ customer, invoices: every }) => {
    const made = newestFirst(
      every.flatMap((invoice) => invoice.payments),
      ({ payment_date }) => payment_date,
      ({ payment_id }) => payment_id,
    )
      .filter(({ status }) => (status === 'failed') === isFailed)
      .filter(({ payment_date }) => isWithin(payment_date, period ?? always))
      .slice(0, first ?? (newest && period === undefined ? 1 : undefined));
    const list = made.map(
      ({ amount, method, payment_date, invoice_id }) =>
        `${formatMoney(amount)} by ${method.replace('_', ' ')} on ${payment_date} (invoice ${invoice_id})`,
    );
    const name = nameOf(customer);
    if (list.length === 0) {
      return `No payment of ${name} ${isFailed ? 'failed' : 'was made'}${when}.`;
    }
    return isFailed
      ? `${counted(list.length, 'payment')} of ${name} failed${when}: ${listed(list)}.`
      : `${capital(name)} paid ${formatMoney(sumOf(made, ({ amount }) => amount))}${when}: ${listed(list)}.`;
  });
  return facts(lines(each));
}
