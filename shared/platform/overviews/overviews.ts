import type { EndpointName } from '../access/offer.ts';
import type { ApprovalsOf } from '../approvals/tools.ts';
import type { AnyTool } from '../mcp/definitions/tool.ts';
import type { TaskSource } from '../mcp/tasks/ports.ts';
import { jobOverviews } from './jobs.ts';
import type { Overview, OverviewPermissions } from './overview.ts';
import { requestOverviews } from './requests.ts';
import { type ReadTrail, trailOverview } from './trail.ts';

export interface OverviewMeans {
  /** The jobs as callers see them; asked for when a page asks. */
  readonly jobs: () => TaskSource;
  readonly approvalsOf: ApprovalsOf;
  readonly readTrail: ReadTrail;
  /** Names of the tools that start jobs. */
  readonly starters: readonly string[];
  /** The tools of which some calls need a second person, among others. */
  readonly tools: readonly AnyTool[];
}

/** What pages list of the service itself, as far as the business gives a permission for it. */
export function overviewsOf(
  { jobs, requests, trail }: OverviewPermissions,
  means: OverviewMeans,
): readonly Overview[] {
  const asking = means.tools.filter(({ approval }) => approval !== undefined).map(({ name }) => name);
  return [
    ...(jobs === undefined ? [] : at('agentic', jobOverviews(jobs, means.jobs), means.starters)),
    ...(requests === undefined || asking.length === 0
      ? []
      : at('mcp', requestOverviews(requests, means.approvalsOf), asking)),
    ...(trail === undefined ? [] : at('mcp', [trailOverview(trail, means.readTrail)])),
  ];
}

/** @param names of the tools that they are about; what is about none, a set of tools has by its own name */
function at(endpoint: EndpointName, tools: readonly AnyTool[], names?: readonly string[]): Overview[] {
  return tools.map((tool) => ({ tool, at: endpoint, with: names ?? [tool.name] }));
}
