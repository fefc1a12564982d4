import * as z from 'zod';
import { enterpriseShape } from './enterprise.ts';
import { exchangeShape } from './exchange.ts';
import { modelNameShape } from './model-name.ts';

/** Of one business unit; more would make the gateway's policies slow. */
const mostWays = 20;

/** `enter` of a tenant: one of these app roles or groups is enough. Values as tokens have them. */
const entryShape = z
  .strictObject({
    roles: z
      .array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/))
      .max(mostWays)
      .optional(),
    groups: z.array(z.guid().toLowerCase()).max(mostWays).optional(),
  })
  .refine(({ roles = [], groups = [] }) => roles.length + groups.length > 0, {
    error: 'must name a role or a group whose people may enter',
  });

/** `tools` of a tenant: names of tools, and `prompt:name`, `resource:name` or `skill:name`. */
const toolsShape = z
  .array(z.string().regex(/^(?:(?:prompt|resource|skill):)?[a-z][a-z0-9_-]{0,63}$/))
  .min(1)
  .max(100);

/** What a tenant may have of its own, in the gateway's registry as in the setting TENANTS. */
export const ofItsOwn = {
  /** Identity providers that vouch for its people. */
  enterprise: enterpriseShape.optional(),
  /** Who exchanges tokens of this service's own for those of other services. */
  exchange: exchangeShape.optional(),
  /** Its own chat deployment. */
  model: modelNameShape.optional(),
  /**
   * App roles and groups of which one is enough to enter; everybody of the directories when left out. Of several entries with
   * one directory id, which are the business units of an organisation, all but one have it.
   */
  enter: entryShape.optional(),
  /** Above this a change needs a second person, in the unit of the business; the setting APPROVE_ABOVE when left out. */
  approveAbove: z.int().min(0).max(1_000_000_000).optional(),
  /** What it has of all that there is, by name; everything when left out. */
  tools: toolsShape.optional(),
};
