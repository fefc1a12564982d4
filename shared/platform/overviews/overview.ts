import type { EndpointName } from '../access/offer.ts';
import type { Permission } from '../access/permissions.ts';
import type { Labels } from '../mcp/definitions/labels.ts';
import type { AnyTool } from '../mcp/definitions/tool.ts';

/** The permissions for what pages list of the service itself. What has none here, nobody lists. */
export interface OverviewPermissions {
  /** To look at one's own jobs; each is shown to those only who may use its tool. */
  readonly jobs?: Permission;
  /** To look at one's own calls that wait for a second person. */
  readonly requests?: Permission;
  /** To read the trail of one's tenant. */
  readonly trail?: Permission;
}

/** A tool that only the pages of clients call: models do not see it. */
export interface Overview {
  readonly tool: AnyTool;
  readonly at: EndpointName;
  /** Whoever's tools are a set in the settings has it with one of these. */
  readonly with: readonly string[];
}

/** What is listed holds what callers wrote, and is of one tenant. */
export const writtenInTheTenant: Labels = { integrity: 'untrusted', confidentiality: 'private' };
