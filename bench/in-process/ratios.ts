import { atLeast, atMost } from '../report/aims.ts';
import type { Aim, Table } from '../report/results.ts';
import { spreadText } from '../report/tables.ts';
import { difference, median, ratioSpread, ratios, type Spread } from '../statistics.ts';
import { type Era, type Operation, operations } from '../subjects/messages.ts';
import { type ContenderKey, contenderNames } from './contenders.ts';
import { promised } from './promised.ts';
import type { Costs } from './rounds.ts';

const eras: readonly Era[] = ['2026-07-28', '2025-11-25'];

/** What is asked, in the order of columns. */
export const columns = eras.flatMap((era) => operations.map((operation) => ({ era, operation })));
export const headings = columns.map(({ era, operation }) => `${operation} ${era}`);

/** How many times what this service takes. */
export function ratioTable(peers: readonly ContenderKey[], costs: Costs): Table {
  return {
    caption:
      'CPU time of a request, times that of this service with tokens verified (in brackets the spread)',
    columns: ['', ...headings],
    rows: peers.map((peer) => [
      contenderNames[peer],
      ...columns.map(({ era, operation }) => {
        const against = cpuOf(costs, peer, era, operation);
        return against.length === 0
          ? null
          : spreadText(ratioSpread(against, cpuOf(costs, 'verified', era, operation)));
      }),
    ]),
  };
}

/** The rounds are two runs, one after the other: what the first half says and what the second half says. */
function runsOf(peers: readonly ContenderKey[], costs: Costs, operation: Operation, era: Era) {
  return peers.flatMap((peer) => {
    const against = ratios(cpuOf(costs, peer, era, operation), cpuOf(costs, 'verified', era, operation));
    const half = Math.floor(against.length / 2);
    return half === 0
      ? []
      : [{ peer, first: median(against.slice(0, half)), second: median(against.slice(half)) }];
  });
}

export function againTable(peers: readonly ContenderKey[], costs: Costs): Table {
  return {
    caption: 'The same ratios in two runs, one after the other',
    columns: ['', '', 'first run', 'second run', 'apart, in percent'],
    rows: columns.flatMap(({ era, operation }) =>
      runsOf(peers, costs, operation, era).map(({ peer, first, second }) => [
        contenderNames[peer],
        `${operation} ${era}`,
        first,
        second,
        difference(first, second) * 100,
      ]),
    ),
  };
}

export function ratioAims(peers: readonly ContenderKey[], costs: Costs): Aim[] {
  const known = promised.filter(([peer]) => peers.includes(peer));
  const ahead = known.flatMap(([peer, operation, times]) =>
    eras.map((era) =>
      atLeast(
        `${operation} in process, ${era}: CPU time of ${contenderNames[peer]} against ours, tokens verified and audited`,
        against(costs, peer, era, operation),
        times,
        ' times',
      ),
    ),
  );
  const apart = known.flatMap(([peer, operation]) =>
    eras.flatMap((era) =>
      runsOf([peer], costs, operation, era).map(({ first, second }) => difference(first, second) * 100),
    ),
  );
  return apart.length === 0
    ? ahead
    : [
        ...ahead,
        atMost('two runs, one after the other: the ratios above differ by', Math.max(...apart), 10, ' %'),
      ];
}

function against(costs: Costs, peer: ContenderKey, era: Era, operation: Operation): Spread {
  return ratioSpread(cpuOf(costs, peer, era, operation), cpuOf(costs, 'verified', era, operation));
}

function cpuOf(costs: Costs, key: ContenderKey, era: Era, operation: Operation): number[] {
  return costs.of(key, era, operation).map(({ cpu }) => cpu);
}
