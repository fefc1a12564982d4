import { chatModelsOf, checkTenantModels, readBudgets, readPrices } from '#platform/settings/budgets';
import { readModel } from '#platform/settings/model';
import { readTenants } from '#platform/settings/tenants';
import { pass, warn } from '../finding.ts';
import { type Check, fromSettings, names } from './check.ts';

export const budgetsFit: Check = {
  id: 'agentic.budgets',
  group: 'Agentic',
  title: 'Budgets, prices and the models of tenants fit together',
  judge: (evidence) =>
    fromSettings(evidence, (env) => {
      const model = readModel(env);
      const tenants = readTenants(env);
      checkTenantModels(model, tenants);
      const prices = readPrices(env, model, tenants);
      const { user, tenant } = readBudgets(env) ?? { user: {}, tenant: {} };
      for (const unit of ['questions', 'tokens'] as const) {
        const [one = 0, all = Number.POSITIVE_INFINITY] = [user[unit], tenant[unit]];
        if (one > all) {
          return warn(
            `A user may use ${one} ${unit} a day, and all users of a tenant together only ${all}.`,
            `Set ${unit.toUpperCase()}_PER_USER below ${unit.toUpperCase()}_PER_TENANT.`,
          );
        }
      }
      const models = chatModelsOf(model, tenants);
      const limited = [...Object.keys(user), ...Object.keys(tenant)].length > 0;
      return pass(
        `${limited ? 'There are budgets' : 'Nothing limits what experts use'}; ${models.length === 0 ? 'no language model' : names(models)} answers${prices === undefined ? '' : `, with prices in ${prices.currency}`}.`,
      );
    }),
};
