import type { Business } from '#platform/business';
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
  let likeness: Promise<Router> | undefined;
  // Loaded only where no language model finds the expert.
  const byLikeness = async () => {
    likeness ??= import('#platform/experts/models/offline/loaded').then(async ({ likenessRouter }) =>
      likenessRouter(await plans()),
    );
    return await likeness;
  };
  if (kind === 'offline') {
    const router: Router = { route: async (...asked) => (await byLikeness()).route(...asked) };
    return () => router;
  }
  return (tenant) => modelRouter(modelOf(tenant), byLikeness);
}
