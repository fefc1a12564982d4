import { type Environment, required, text } from '#platform/settings/read';
import { readTenants } from '#platform/settings/tenants';
import { openStorage } from '#platform/storage/connect';
import { peopleStore } from '#platform/storage/people-store';
import type { Known, PeopleOf } from '../evidence.ts';
import { attempt } from './known.ts';

/**
 * Reads the roles of the people of each tenant, where the service has the accounts itself. Never throws.
 * @param basis whatever a running service is looked at with: settings alone are judged without asking anybody
 */
export async function collectPeople(
  basis: Known<unknown>,
  environment: Known<Environment>,
): Promise<Known<readonly PeopleOf[]>> {
  const known = 'value' in basis ? environment : basis;
  if ('value' in known && text(known.value, 'SIGN_IN') !== 'own') {
    return { missing: 'The accounts are those of a directory.' };
  }
  return await attempt(known, async (env) => {
    const dataStorage =
      text(env, 'DATA_STORAGE') ?? required(env, 'AzureWebJobsStorage', 'the storage of the deployment');
    const storage = await openStorage({ dataStorage });
    return await Promise.all(
      readTenants(env).map(async ({ slug }) => {
        const people = await peopleStore(storage, slug).all();
        const able = people.filter(({ invitation }) => invitation === undefined);
        return { tenant: slug, roles: able.map(({ roles }) => roles) };
      }),
    );
  });
}
