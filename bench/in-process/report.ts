import { atLeast, atMost } from '../report/aims.ts';
import type { Aim, Part, Table } from '../report/results.ts';
import { spreadText } from '../report/tables.ts';
import { difference, median, ratioSpread, ratios, type Spread } from '../statistics.ts';
import { type Era, type Operation, operations } from '../subjects/messages.ts';
import { type Allocations, allocationAims, allocationsTable } from './allocations.ts';
import { type ContenderKey, contenderNames } from './contenders.ts';
import type { Cost, Costs } from './rounds.ts';

const eras: readonly Era[] = ['2026-07-28', '2025-11-25'];
const columns = eras.flatMap((era) => operations.map((operation) => ({ era, operation })));
const headings = columns.map(({ era, operation }) => `${operation} ${era}`);

/** What is promised of each operation against a peer, in times. */
const promised: readonly (readonly [ContenderKey, Operation, number])[] = [
  ['tmcp', 'tools/call', 1.2],
  ['usual-2x', 'tools/call', 2.4],
  ['tmcp', 'tools/list', 20],
  ['usual-2x', 'tools/list', 10],
];

/** @param keys what was measured */
export function reportCosts(keys: readonly ContenderKey[], costs: Costs, allocations: Allocations): Part {
  const peers = keys.filter((key) => key !== 'verified');
  return {
    title: 'The endpoint in process',
    notes: [
      'One request after the other into the endpoint, without sockets: the eighteen tools and the same answers in every row. Each subject has a process of its own, a new one in every round; it is asked until what a request costs is steady, and then measured in turn with the others. What is compared is the CPU time of the whole process, collecting garbage and writing audit entries afterwards included; time on the clock stands beside it.',
      'Ratios are taken round by round; a spread is the interval in which the true median lies with nine chances in ten. An aim is met when the worse end of its spread meets it.',
      'The usual way registers every tool on a new server object for each request, schemas at module scope, and checks nobody; mcp-use and mcp-handler do so inside. tmcp has one server object. The static way makes an empty server object, sends a list that is ready and calls the handler: what the SDK costs by itself. Our rows do all that the service does: host and origin, permissions, input and output schemas, log, and the audit trail. A token is verified once and remembered until it expires.',
      'A list depends on nothing but the permissions and the message, so the service keeps it and sends it again to whoever asks in the same words with the same permissions. Messages that belong to a trace go all the way, which the second row shows.',
      'xmcp, the other framework of the comparison that mcp-use publishes, is not among them: it takes tools from files that its own compiler bundles, so that it could not have the same ones.',
    ],
    tables: [
      costTable('Microseconds of CPU time per request, median of the rounds', keys, costs, 'cpu'),
      costTable('Microseconds on the clock per request, median of the rounds', keys, costs, 'wall'),
      ...(keys.includes('verified') ? [ratioTable(peers, costs), againTable(peers, costs)] : []),
      allocationsTable(keys, allocations),
    ],
    aims: keys.includes('verified') ? [...aimsOf(peers, costs), ...allocationAims(allocations)] : [],
  };
}

function costTable(caption: string, keys: readonly ContenderKey[], costs: Costs, unit: keyof Cost): Table {
  return {
    caption,
    columns: ['', ...headings],
    rows: keys.map((key) => [
      contenderNames[key],
      ...columns.map(({ era, operation }) => {
        const values = costs.of(key, era, operation).map((cost) => cost[unit]);
        return values.length === 0 ? null : median(values);
      }),
    ]),
  };
}

function ratioTable(peers: readonly ContenderKey[], costs: Costs): Table {
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

function againTable(peers: readonly ContenderKey[], costs: Costs): Table {
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

function aimsOf(peers: readonly ContenderKey[], costs: Costs): Aim[] {
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
