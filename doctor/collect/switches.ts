import { type Environment, required, text } from '#platform/settings/read';
import { readTenants } from '#platform/settings/tenants';
import { openStorage } from '#platform/storage/connect';
import { type SwitchRecord, switchStore } from '#platform/storage/switch-store';
import type { Known } from '../evidence.ts';
import { attempt } from './known.ts';

/**
 * Reads what is switched off for the tenants of the settings, as every instance does. Never throws.
 * @param basis whatever a running service is looked at with: settings alone are judged without asking anybody
 */
export async function collectSwitches(
  basis: Known<unknown>,
  environment: Known<Environment>,
): Promise<Known<readonly SwitchRecord[]>> {
  return await attempt('value' in basis ? environment : basis, async (env) => {
    const dataStorage =
      text(env, 'DATA_STORAGE') ?? required(env, 'AzureWebJobsStorage', 'the storage of the deployment');
    const off = await switchStore(await openStorage({ dataStorage })).read();
    const tenants = readTenants(env).map(({ slug }) => slug);
    return off.filter(({ tenant }) => tenant === undefined || tenants.includes(tenant));
  });
}
