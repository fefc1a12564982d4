import type { Part, Table } from '../report/results.ts';
import { median } from '../statistics.ts';
import { type Allocations, allocationAims, allocationsTable } from './allocations.ts';
import { type ContenderKey, contenderNames } from './contenders.ts';
import { againTable, columns, headings, ratioAims, ratioTable } from './ratios.ts';
import type { Cost, Costs } from './rounds.ts';

/** @param keys what was measured */
export function reportCosts(keys: readonly ContenderKey[], costs: Costs, allocations: Allocations): Part {
  const peers = keys.filter((key) => key !== 'verified');
  return {
    title: 'The endpoint in process',
    notes: [
      'One request after the other into the endpoint, without sockets: the eighteen tools and the same answers in every row. Each subject has a process of its own, a new one in every round; it is asked for seconds until what a request costs is steady, since V8 goes on compiling what a request runs through, and then measured five times, in turn with the others; the cheapest of these counts, because whatever else the machine does can only add. Of the peers of which nothing is promised there are two rounds. What is compared is the CPU time of the whole process, collecting garbage and writing audit entries afterwards included; time on the clock stands beside it.',
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
    aims: keys.includes('verified') ? [...ratioAims(peers, costs), ...allocationAims(allocations)] : [],
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
