import { describe, expect, it } from 'vitest';
import { mostRoom, readBudgets } from '#bench/measures/budgets';
import { measureListCosts } from '#bench/measures/tokens';
import { roles } from '#contoso/access/roles';
import { freshTenant, testDataStorage } from '../../support/azurite.ts';

const { lists: budget } = await readBudgets();
const measured = await measureListCosts({ dataStorage: testDataStorage(), tenant: freshTenant() });

const refresh = 'when the change is meant, write the budgets anew: npm run budgets';

describe.each(Object.keys(measured))('the tool list of %s', (endpoint) => {
  it.each(roles)('costs a client with the role %s no more than its budget, and not much less', (role) => {
    const cost = measured[endpoint]?.[role];
    const allowed = budget[endpoint]?.[role];
    for (const unit of ['tokens', 'bytes'] as const) {
      expect(cost?.[unit], refresh).toBeLessThanOrEqual(allowed?.[unit] ?? 0);
      expect(allowed?.[unit], refresh).toBeLessThanOrEqual((cost?.[unit] ?? 0) * (1 + mostRoom));
    }
  });
});
