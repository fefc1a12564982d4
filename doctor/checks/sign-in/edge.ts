import type { RegisteredTenant } from '#gateway/registry';
import { readTenants } from '#platform/settings/tenants';
import { type Finding, fail, pass } from '../../finding.ts';
import { asDeployed } from '../backend.ts';
import { type Check, fromSettings, given, names } from '../check.ts';

export const signInAtEdge: Check = {
  id: 'edge.sign-in',
  group: 'Edge',
  title: 'Gateway and service agree on where people sign in',
  judge: (evidence) =>
    given(evidence.gateway, ({ registry }) =>
      fromSettings(evidence, (env) => {
        const way = asDeployed(env).signIn?.way ?? 'remote';
        const served = new Map(readTenants(env).map((tenant) => [tenant.slug as string, tenant]));
        const tenants = registry.tenants.filter(({ slug }) => served.has(slug));
        const vouched = tenants.filter(
          ({ slug, enterprise = [] }) =>
            enterprise.length === 0 && (served.get(slug)?.enterprise ?? []).length > 0,
        );
        return (
          judgeWay(way, tenants) ??
          judgeVouched(vouched.map(({ slug }) => slug)) ??
          pass(
            way === 'proxy' || way === 'own'
              ? 'The service is the authorization server of its tenants’ clients, and the gateway has its operations.'
              : 'The gateway sends clients to the identity provider.',
          )
        );
      }),
    ),
};

/** Undefined when the gateway has what the service's way in needs. It does not tell `verifier` from `remote`. */
function judgeWay(way: string, tenants: readonly RegisteredTenant[]): Finding | undefined {
  const atEdge = way === 'verifier' ? 'remote' : way;
  const other = tenants.filter(({ signIn = 'remote' }) => signIn !== atEdge);
  const [first] = other;
  if (first === undefined) {
    return undefined;
  }
  const slugs = names(other.map(({ slug }) => slug));
  if (atEdge === 'remote') {
    return fail(
      `The gateway sends clients of ${slugs} to the service to sign in, and SIGN_IN is ${way}.`,
      `Set SIGN_IN=${first.signIn}, or take "signIn" out of apim-policies/tenants.json.`,
    );
  }
  return fail(
    `SIGN_IN is ${way}, and the gateway does not let clients of ${slugs} get there: it is written for ${first.signIn ?? 'remote'}.`,
    `Give them "signIn": "${way}" in apim-policies/tenants.json, then run npm run policies and deploy the result.`,
  );
}

function judgeVouched(slugs: readonly string[]): Finding | undefined {
  return slugs.length === 0
    ? undefined
    : fail(
        `An identity provider vouches for people of ${names(slugs)} (enterprise in TENANTS), and the gateway refuses the tokens that the service signs for them.`,
        'Put the same "enterprise" into apim-policies/tenants.json, then run npm run policies and deploy the result.',
      );
}
