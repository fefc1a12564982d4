import { type Gateway, startGateway } from '../../../emulators/gateway/gateway.ts';
import { localNamedValues } from '../../../emulators/gateway/local-values.ts';
import { apiApp } from '../../../emulators/identity/directory.ts';
import { policiesOf } from '../../../gateway/generate/policies-of.ts';
import { readRegistry, type SignInWay } from '../../../gateway/registry.ts';
import { vouchedFor } from '../../support/vouched-for.ts';
import type { World } from './world.ts';

/** The gateway in front of the hosts, with the policies of this way in; an identity provider vouches for Contoso’s people. */
export function startGatewayFor({ provider, origin }: World, signIn: SignInWay): Promise<Gateway> {
  const registry = readRegistry();
  const tenants = registry.tenants.map((tenant) => ({
    ...tenant,
    signIn,
    ...(tenant.slug === 'contoso' && { enterprise: [vouchedFor(provider.issuerOf('contoso'))] }),
  }));
  return startGateway({
    policies: policiesOf({ ...registry, tenants }),
    backends: Object.fromEntries(tenants.map(({ backend }) => [backend, origin])),
    namedValues: (at) =>
      localNamedValues({
        origin: at,
        authority: provider.origin,
        audience: apiApp.clientId,
        scope: apiApp.scope,
        backendKey: 'only the gateway knows',
      }),
  });
}
