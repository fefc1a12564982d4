import type { Accounting } from '#platform/experts/budget/accounted';
import { questionBudget } from '#platform/experts/budget/question-budget';
import { journaledModel } from '#platform/experts/durable/journaled';
import { type Models, openModels } from '#platform/experts/models/open-models';
import type { ChatModel } from '#platform/experts/ports';
import type { TenantId } from '#platform/identity/tenant';
import type { PlatformSettings } from '#platform/settings';
import type { Storage } from '#platform/storage/connect';
import type { Logger } from '#platform/telemetry/log';

type OfflinePlans = Parameters<typeof openModels>[1];
type Chosen = Pick<PlatformSettings, 'model' | 'tenants'>;

/** Opens the chat models of the tenants that have one of their own; the others share that of the deployment. */
export async function chatModels(
  { model, tenants }: Chosen,
  { chat }: Models,
  plans: OfflinePlans,
  logger: Logger,
): Promise<(tenant: TenantId) => ChatModel> {
  const own = new Map<TenantId, ChatModel>();
  for (const { slug, model: name } of tenants) {
    if (name !== undefined && model.kind !== 'offline') {
      const named =
        model.kind === 'azure' ? { ...model, chatDeployment: name } : { ...model, chatModel: name };
      own.set(slug, journaledModel((await openModels(named, plans, logger)).chat));
    }
  }
  const shared = journaledModel(chat);
  return (tenant) => own.get(tenant) ?? shared;
}

/** What questions may use, and what it costs. */
export function expertAccounting(
  { experts: { budgets, prices }, tenants }: Pick<PlatformSettings, 'experts' | 'tenants'>,
  { storage, now, logger }: { readonly storage: Storage; readonly now: () => Date; readonly logger: Logger },
): Accounting {
  if (budgets === undefined) {
    return { prices };
  }
  const slugs = tenants.map(({ slug }) => slug);
  return { prices, budget: questionBudget({ budgets, storage, tenants: slugs, now, logger }) };
}
