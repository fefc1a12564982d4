import type { Accounting } from '#platform/experts/budget/accounted';
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
      own.set(slug, (await openModels(named, plans, logger)).chat);
    }
  }
  return (tenant) => own.get(tenant) ?? chat;
}

/** What questions may use, and what it costs; nothing is loaded for a deployment that chose neither. */
export async function expertAccounting(
  { experts: { budgets, prices }, tenants }: Pick<PlatformSettings, 'experts' | 'tenants'>,
  { storage, now, logger }: { readonly storage: Storage; readonly now: () => Date; readonly logger: Logger },
): Promise<Accounting> {
  if (budgets === undefined) {
    return { prices };
  }
  const { questionBudget } = await import('#platform/experts/budget/question-budget');
  const slugs = tenants.map(({ slug }) => slug);
  return { prices, budget: questionBudget({ budgets, storage, tenants: slugs, now, logger }) };
}
