import type { RegisteredTenant, Registry } from '../registry.ts';
import { planNames } from './named-values.ts';
import { generatedXml, indent } from './xml.ts';

/** Directory id of the token → tenant, backend, plan. */
export function tenantMap({ tenants }: Registry): string {
  return generatedXml(
    'From the verified tid to tenant, backend and plan. An id that is not here belongs to no tenant.',
    `<fragment>\n  <choose>\n${indent(4, tenants.map(whenTenant))}\n  </choose>\n</fragment>`,
  );
}

function whenTenant({ slug, tenantIds, backend, plan }: RegisteredTenant): string {
  const isTenant = tenantIds.map((id) => `(string)context.Variables["tid"] == "${id}"`).join(' || ');
  const { tenantCalls, userCalls } = planNames(plan);
  return `<when condition='@(${isTenant})'>
  <set-variable name="tenant" value="${slug}" />
  <set-variable name="backend" value="${backend}" />
  <set-variable name="tenant-calls" value="@({{${tenantCalls}}})" />
  <set-variable name="user-calls" value="@({{${userCalls}}})" />
</when>`;
}
