import type { Book } from './book.ts';
import { about, type Question, question } from './key.ts';

/** Plans, prices, promotions and usage. */
export function productQuestions(book: Book): readonly Question[] {
  const product = (said: string | readonly string[], key: Question['key']) => question('product', said, key);
  const december = (customer: number) => book.usage(customer, '2025-12-01', '2025-12-31');
  const november = book.usage(259, '2025-11-01', '2025-11-30');
  const busiest = book
    .usage(15, '2025-12-01', '2026-01-15')
    .days.toSorted((a, b) => b.data_used_mb - a.data_used_mb)[0];
  const week = book.usage(252, '2026-01-08', '2026-01-14');
  return [
    product('cheapest mobile plan?', { facts: ['Contoso Mobile Plan', 50] }),
    product('priciest thing we sell for home internet', { facts: ['Gigabit', 95] }),
    product('how much more is mobile unlimited than mobile plus', { facts: [15] }),
    product('which of our plans come without a data limit', {
      facts: ['Mobile Unlimited', 'Internet Unlimited', 'Internet Gigabit'],
    }),
    product('what does the bundle run at', { facts: [90] }),
    product("what's in the pack for abroad and what does it cost", { facts: ['5 GB', 100, 20] }),
    product('data used by customer 259 last month', { facts: [about(december(259).gigabytes)] }),
    product('how many texts did customer 4 send in december', { facts: [december(4).texts] }),
    product('average data a day of jane doe over the last 7 days', {
      facts: [about((week.gigabytes * 1_000) / week.days.length, 1)],
    }),
    product('which day since december did customer 15 use the most data', {
      facts: [busiest?.usage_date ?? ''],
    }),
    product('call minutes in december: customer 10 against customer 12', {
      facts: [december(10).minutes, december(12).minutes],
    }),
    product('how many gigs has customer 253 used since 1 january', {
      facts: [about(book.usage(253, '2026-01-01', '2026-01-15').gigabytes)],
    }),
    product(['usage of customer 259 in december', 'and in november?'], {
      facts: [about(november.gigabytes)],
      not: [about(december(259).gigabytes)],
    }),
    product('what plan is grant altenwerth on', { facts: ['Contoso Mobile Plan'] }),
    product('when does the contract of customer 4 run out', { facts: ['2026-01-20'] }),
    product('is roaming on for customer 10', { facts: ['roaming', 'not|off'] }),
    product('how fast is the line of customer 24 supposed to be', { facts: ['50Mbps|50 Mbps'] }),
    product('data allowance of Fletcher Kuphal-Farrell', { facts: [100] }),
    product('what does customer 30 pay a month for his plan', { facts: [50] }),
    product(['what plan is customer 2 on?', 'and 3?'], { facts: ['Bundle'], not: ['Mobile Plan'] }),
    product(['price of the mobile plus plan', 'and the unlimited one?'], { facts: [80] }),
    product(['is roaming on for customer 4?', 'and customer 5?'], { facts: ['not|off', 5] }),
    product(["Mr Doe's plan?", 'the one called Mark'], { facts: ['Contoso Mobile Plan', 253] }),
    product('custmer 22 plan?', { facts: ['Contoso Mobile Plan'] }),
    product('can sara lee get a discount', {
      facts: ['no promotion|cannot|not ', 'suspend'],
      proposesNothing: true,
      not: ['can have today:'],
    }),
    product('any deals for customer 6?', { facts: ['Gold Loyalty Discount', 10] }),
    product('is the summer deal open to ron doe yet', { facts: ['2026-06-01'] }),
    product('which promos run right now', {
      facts: [
        'Gold Loyalty Discount',
        'Silver Thank You',
        'Bronze Starter Offer',
        'Long-standing Customer Bonus',
      ],
      not: ['Fresh Start Weeks'],
    }),
    product("why can't customer 9 have the long-standing bonus", { facts: [300, '2025-07-03'] }),
    product('when does family weeks start', { facts: ['2026-02-09'] }),
    product('biggest discount customer 8 could get today', { facts: ['Long-standing Customer Bonus', 12] }),
    product('is there something for bronze people at the moment', { facts: ['Bronze Starter Offer', 8] }),
    product(['what offers can customer 6 get?', 'and Elyssa Kirlin?'], {
      facts: ['Silver Thank You', 'Long-standing'],
    }),
    product("is customer 253's roaming on and what does his plan cost?", { facts: ['not|off', 50] }),
    product('What plan is customer 30 on, and any open tickets?', {
      facts: ['Contoso Mobile Plan', 'no open|none|0 open'],
    }),
    product('what does a minute abroad cost without the add-on', { facts: [0.8] }),
  ];
}
