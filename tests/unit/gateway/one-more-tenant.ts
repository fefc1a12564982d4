import { problemsOf } from '#gateway/checks/index';
import { describeNamedValues } from '#gateway/generate/named-values';
import { policiesOf } from '#gateway/generate/policies-of';
import { type RegisteredTenant, type Registry, readRegistry } from '#gateway/registry';

export const registry = readRegistry();

export const wingtip: RegisteredTenant = {
  slug: 'wingtip',
  displayName: 'Wingtip <Toys> & Sons',
  route: 'wingtip-mcp',
  tenantIds: ['b0000000-0000-4000-8000-000000000004', 'b0000000-0000-4000-8000-000000000005'],
  backend: 'wingtip',
  plan: 'standard',
};

/** What is wrong with the policies that a registry gives. */
export function problemsWith(changed: Registry): readonly unknown[] {
  const bundle = policiesOf(changed);
  return problemsOf({ bundle, registry: changed, namedValues: describeNamedValues(changed) });
}
