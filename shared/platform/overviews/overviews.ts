import type { ApprovalsOf } from '../approvals/tools.ts';
import type { AnyTool } from '../mcp/definitions/tool.ts';
import type { TaskSource } from '../mcp/tasks/ports.ts';
import { jobOverviews } from './jobs.ts';
import type { Overview, OverviewPermissions } from './overview.ts';
import { requestOverview } from './requests.ts';
import { type ReadTrail, trailOverview, trailTool } from './trail.ts';

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
    ...(jobs === undefined ? [] : jobOverviews(jobs, means.jobs)).map(
      (tool): Overview => ({ tool, at: 'agentic', with: means.starters }),
    ),
    ...(requests === undefined || asking.length === 0
      ? []
      : [{ tool: requestOverview(requests, means.approvalsOf), at: 'mcp', with: asking } as const]),
    ...(trail === undefined
      ? []
      : [{ tool: trailOverview(trail, means.readTrail), at: 'mcp', with: [trailTool] } as const]),
  ];
}
