import { type Finding, fail, pass, warn } from '../finding.ts';
import { type Check, given } from './check.ts';

const classic = pass('The classic tiers stream and have both limiters.');

/**
 * What API Management calls its tiers in `sku.name` (Microsoft.ApiManagement/service), and what each means for this service.
 * Consumption does not stream and has no `rate-limit-by-key` (Microsoft Learn, "API Management gateways overview" and
 * "rate-limit-by-key").
 */
const tiers: Readonly<Record<string, Finding>> = {
  BasicV2: pass('Basic v2 streams and has both limiters; it has no way into a private network.'),
  StandardV2: pass('Standard v2 streams, has both limiters, and reaches a private network.'),
  PremiumV2: pass('Premium v2 streams, has both limiters, and can stand inside a network.'),
  Basic: classic,
  Standard: classic,
  Premium: classic,
  Developer: warn(
    'The Developer tier is for trying: nobody promises that it is there.',
    'Take Basic v2 for customers.',
  ),
  Consumption: fail(
    'The Consumption tier does not stream and has no rate-limit-by-key, so that neither progress nor limits work.',
    'Take Basic v2, or Standard v2 with a private network.',
  ),
};

export const gatewayTier: Check = {
  id: 'edge.tier',
  group: 'Edge',
  title: 'The tier of the gateway can do what the policies need',
  judge: ({ tier }) =>
    given(tier, (name) => {
      const known = Object.entries(tiers).find(([one]) => one.toLowerCase() === name.toLowerCase());
      return (
        known?.[1] ??
        fail(
          `API Management has no tier "${name}" that is known here.`,
          'Give what "az apim show --query sku.name" prints.',
        )
      );
    }),
};
