import { files } from '#platform/console/assets/index';
import { cardPage, largestPage } from '../../scripts/cards/page.ts';
import { cardNames } from '../../scripts/cards/pages.ts';
import { budget } from '../../scripts/console/budget.ts';
import { atMost } from '../report/aims.ts';
import type { Part } from '../report/results.ts';
import { median, percentile, spreadOf } from '../statistics.ts';

export const title = 'The console and the cards';

/** The page of the console, until one can sign in. */
export interface Visit {
  /** Those that were answered with more than that nothing has changed. */
  readonly requests: number;
  /** Of the bodies, as they were sent. */
  readonly bytes: number;
  /** From the navigation to the first contentful paint (W3C Paint Timing). */
  readonly paintMs: number;
  readonly readyMs: number;
}

interface Seen {
  readonly browser: string;
  readonly first: readonly Visit[];
  readonly again: readonly Visit[];
  /** Milliseconds from the opening of its frame to the first contentful paint of a card. */
  readonly cards: readonly number[];
}

export async function reportConsole({ browser, first, again, cards }: Seen): Promise<Part> {
  const pages = await pageSizes();
  const all = Object.values(files).reduce((sum, file) => sum + Buffer.from(file, 'base64').length, 0);
  const most = (of: keyof Visit) => Math.max(...first.map((visit) => visit[of]));
  return {
    title,
    notes: [
      `In Chromium ${browser.split('.')[0]} without a screen, through the local gateway and host on the same machine: neither a network nor the distance to Azure is in these times. Compressed with Brotli when the product is made, so nothing is compressed while somebody waits.`,
      'A first visit has nothing kept from before. A later one asks for the page alone, and has every other file by the version in its name. A card is counted from the opening of its frame; it loads nothing at all.',
      '`scripts/console/budget.ts` holds the budgets. The build refuses a console or a card that is too large, a test in a real browser counts requests and bytes, and another one holds the last measured times to them.',
    ],
    tables: [
      {
        caption: 'The console until one can sign in, medians; times in milliseconds',
        columns: ['', 'requests', 'kB', 'first paint', 'slowest tenth from', 'sign-in can be clicked'],
        rows: [row('first visit', first), row('a later one', again)],
      },
      {
        caption: 'A card in the console, milliseconds to the first paint',
        columns: ['', 'median', 'slowest tenth from'],
        rows: [['usage', median(cards), percentile(cards, 90)]],
      },
      {
        caption: 'Kilobytes of the pages of cards, not compressed; none makes a request',
        columns: ['card', 'kB'],
        rows: pages.map(([name, bytes]) => [name, kilobytes(bytes)]),
      },
    ],
    aims: [
      atMost('the console, requests until one can sign in', most('requests'), budget.firstRequests, ''),
      atMost(
        'the console, sent until one can sign in',
        kilobytes(most('bytes')),
        kilobytes(budget.firstBytes),
        ' kB',
      ),
      atMost('the console, all of its files', kilobytes(all), kilobytes(budget.bytes), ' kB'),
      atMost(
        'the console, first paint',
        spreadOf(first.map(({ paintMs }) => paintMs)),
        budget.firstPaintMs,
        ' ms',
      ),
      atMost('a card, first paint', spreadOf(cards), budget.firstPaintMs, ' ms'),
      atMost(
        'the largest card',
        kilobytes(Math.max(...pages.map(([, bytes]) => bytes))),
        kilobytes(largestPage),
        ' kB',
      ),
    ],
  };
}

function row(name: string, visits: readonly Visit[]): (string | number)[] {
  const of = (what: keyof Visit) => visits.map((visit) => visit[what]);
  return [
    name,
    median(of('requests')),
    kilobytes(median(of('bytes'))),
    median(of('paintMs')),
    percentile(of('paintMs'), 90),
    median(of('readyMs')),
  ];
}

async function pageSizes(): Promise<readonly (readonly [string, number])[]> {
  return await Promise.all(
    (await cardNames()).map(async (name) => [name, Buffer.byteLength(await cardPage(name))] as const),
  );
}

const kilobytes = (bytes: number) => Math.round(bytes / 100) / 10;
