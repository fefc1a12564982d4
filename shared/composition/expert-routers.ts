import type { Business } from '#platform/business';
import { once } from '#platform/caching/once';
import type { ModelOptions } from '#platform/experts/models/options';
import type { ChatModel } from '#platform/experts/ports';
import { modelRouter } from '#platform/experts/team/model-router';
import type { Router } from '#platform/experts/team/router';
import type { TenantId } from '#platform/identity/tenant';

/** What finds the expert for the questions of a tenant: its language model, or likeness where there is none. */
export function routers(
  { kind }: Pick<ModelOptions, 'kind'>,
  modelOf: (tenant: TenantId) => ChatModel,
  plans: Business['offlinePlans'],
): (tenant: TenantId) => Router {
  // Loaded only where no language model finds the expert.
  const byLikeness = once(async () => {
    const { likenessRouter } = await import('#platform/experts/models/offline/loaded');
    return likenessRouter(await plans());
  });
  if (kind === 'offline') {
    const router: Router = { route: async (...asked) => (await byLikeness()).route(...asked) };
    return () => router;
  }
  return (tenant) => modelRouter(modelOf(tenant), byLikeness);
}
