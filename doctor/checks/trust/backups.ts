import { readTenants } from '#platform/settings/tenants';
import type { BackupFound } from '../../evidence.ts';
import { type Finding, fail, pass, warn } from '../../finding.ts';
import { type Check, given, names } from '../check.ts';

/** After which a back-up is no longer what one wants to go back to, in days. */
const oldest = 7;

export const backupsAreNew: Check = {
  id: 'operations.backups',
  group: 'Operations',
  title: 'Each tenant has a back-up that is whole and new',
  judge: ({ backups, environment }) =>
    given(backups, (found) => {
      const tenants = 'value' in environment ? readTenants(environment.value).map(({ slug }) => slug) : [];
      return judged(found, tenants);
    }),
};

function judged(found: readonly BackupFound[], tenants: readonly string[]): Finding {
  const broken = found.filter(({ problem }) => problem !== undefined);
  if (broken.length > 0) {
    return fail(
      names(broken.map(({ folder, problem }) => `${folder}: ${problem}`)),
      'Make another one, with npm run backup, and look at what became of this one.',
    );
  }
  const whole = [...new Set(found.map(({ tenant }) => tenant))];
  const without = tenants.filter((slug) => !whole.includes(slug));
  if (whole.length === 0 || without.length > 0) {
    return fail(
      whole.length === 0 ? 'There is no back-up.' : `There is no back-up of ${names(without)}.`,
      'Have npm run backup run on a schedule, for each tenant.',
    );
  }
  const ages = whole.map((tenant) => ({
    tenant,
    days: Math.min(...found.filter((one) => one.tenant === tenant).map(({ days }) => days)),
  }));
  const old = ages.filter(({ days }) => days > oldest);
  return old.length > 0
    ? warn(
        `The newest back-up is older than ${oldest} days: ${names(old.map(({ tenant, days }) => `${tenant} ${Math.floor(days)} days`))}.`,
        'What was written since then would be lost; have npm run backup run on a schedule.',
      )
    : pass(
        `Each table is as its back-up says, and the newest is no older than ${oldest} days: ${names(whole)}.`,
      );
}
