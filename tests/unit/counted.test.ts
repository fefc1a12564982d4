import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { glob } from 'tinyglobby';
import { describe, expect, it } from 'vitest';
import { conclude } from '#contoso/diagnosis/conclude';
import { inventoryFindings, servicesFindings } from '#contoso/diagnosis/device-findings';
import { droppedCalls } from '#contoso/experts/offline/plans/dropped-calls';
import { highInvoice } from '#contoso/experts/offline/plans/high-invoice';
import { getSupportTickets } from '#contoso/tools/tickets/get-support-tickets';
import { getDataUsage } from '#contoso/tools/usage/get-data-usage';
import { reportLine } from '#evals/report';
import { counted } from '#platform/counted';
import { projectDir } from '#scripts/lib/project-dir';
import { reportLines } from '#scripts/package/report';
import { anInvoice, aProduct, aSubscription } from '../support/small-records.ts';
import { said, sample, ticketWith, usage } from './counted-answers.ts';

it.each([
  [0, '0 tickets'],
  [1, '1 ticket'],
  [2, '2 tickets'],
])('%i is said in its form', (count, said) => {
  expect(counted(count, 'ticket')).toBe(said);
});

describe('dropped calls', () => {
  it.each([
    [[sample(1)], /It holds 1 sample: .*2 more samples are needed/],
    [[sample(1), sample(2)], /It holds 2 samples: .*1 more sample is needed/],
    [[], /It holds 0 samples\..*3 more samples are needed/],
  ])('with %j', (samples, words) => {
    expect(said(droppedCalls, { get_support_tickets: ticketWith(samples) })).toMatch(words);
  });
});

describe('a high invoice', () => {
  const invoice = (id: number, amount: number) => ({
    ...anInvoice({ invoice_id: id, amount }),
    ...{ payments: [], settled: 0, outstanding: amount },
  });
  const withInvoices = (...invoices: object[]) => ({
    get_subscription_detail: { ...aSubscription(), product: aProduct(), invoices, service_incidents: [] },
    get_products: { products: [aProduct()] },
    get_data_usage: { records: [], totals: usage },
  });

  it('is compared with the one before it', () => {
    const text = said(highInvoice, withInvoices(invoice(2, 60), invoice(1, 40)));
    expect(text).toContain('The one invoice before it was $40.00, so it is 50 % above the usual.');
  });

  it('is compared with what those before it average', () => {
    const text = said(highInvoice, withInvoices(invoice(3, 60), invoice(2, 40), invoice(1, 40)));
    expect(text).toContain('The 2 invoices before it average $40.00');
  });
});

it.each([
  [
    'a tool that found one',
    () => getSupportTickets.summary({ tickets: [{ status: 'open' }] } as never),
    /^1 ticket,/,
  ],
  [
    'a day of usage',
    () => getDataUsage.summary({ records: [], totals: usage }),
    /^1 day of usage: .* 1 voice minute,/,
  ],
  [
    'a device that was started yesterday',
    () => JSON.stringify(inventoryFindings({ daysSinceStart: 1, firmwareIsCurrent: true } as never)),
    /started 1 day ago/,
  ],
  [
    'a log with one error',
    () => JSON.stringify(servicesFindings({ stoppedServices: [], errorsInLastHour: 1 })),
    /1 error in the last hour/,
  ],
  [
    'a case of the evals',
    () => reportLine({ name: 'n', problems: [], toolCalls: 1, seconds: 1, tokens: 1 } as never),
    /^pass {5}1 call {8}1 token /,
  ],
  [
    'a package of one file',
    () =>
      reportLines({
        dir: 'd',
        zip: 'z',
        files: [{ name: 'f', bytes: 1 }],
        zipBytes: 1,
        loadedAtStart: [],
      }).join('\n'),
    /^d: 1 file, 1 kB/,
  ],
  [
    'one problem and one warning',
    () =>
      conclude(
        { device_name: 'router' } as never,
        {
          findings: ['problem', 'warning'].map((severity) => ({ severity, title: 'T', detail: 'D' })),
          notDone: [],
        } as never,
      ).summary,
    /1 problem and 1 warning/,
  ],
])('%s', (_what, say, words) => {
  expect(say()).toMatch(words);
});

it('no sentence for people glues a number that is counted to a word for many', async () => {
  const files = await glob('{doctor,evals,scripts,seed,shared/contoso}/**/*.ts', {
    cwd: projectDir,
    ignore: '**/node_modules/**',
  });
  const glued = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(path.join(projectDir, file), 'utf8');
      return [...text.matchAll(/\$\{[\w.]+\.(?:length|size|failures)\} (?:more )?[a-z]+s\b/g)].map(
        ([words]) => `${file}: ${words}`,
      );
    }),
  );
  // as many as the branch of the code says: never one
  expect(glued.flat().map((found) => found.replace('$', ''))).toEqual([
    'shared/contoso/experts/offline/plans/high-invoice.ts: {before.length} invoices',
  ]);
});
