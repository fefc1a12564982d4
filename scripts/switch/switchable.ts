import { endpointOfExpert } from '#platform/access/offer';
import type { Stoppable } from '#platform/access/switches';
import { namesOf } from '#platform/mcp/definitions/tool';
import { describeOffers } from '#platform/offers';
import { deployed } from '#shared/deployed';
import { UsageError } from '../command-line/usage-error.ts';

/** The switches of this deployment's business, by the names that people write. */
export const switchable = {
  /** @throws UsageError when there is no such tool */
  tool(name: string): Stoppable {
    const offers = describeOffers(deployed);
    const tools = [...offers.tools, ...offers.cardTools].map(({ thing }) => thing);
    const found = tools.find((tool) => namesOf(tool).includes(name));
    if (found === undefined) {
      throw new UsageError(
        `There is no tool "${name}"; use one of ${tools.map((tool) => tool.name).join(', ')}.`,
      );
    }
    return `tool:${found.name}`;
  },
  /** @throws UsageError when there is no such expert */
  expert(domain: string): Stoppable {
    const domains = deployed.experts.map((expert) => expert.domain);
    if (!domains.includes(domain)) {
      throw new UsageError(`There is no expert "${domain}"; use one of ${domains.join(', ')}.`);
    }
    return endpointOfExpert(domain);
  },
};
