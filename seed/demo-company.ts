import type { Stored } from './loader.ts';
import type { LocalData } from './local-data.ts';

/** Of its records. */
export const demoSeed = 42;

/** The staff of the demo company, and what it has on the day on which the stack is first started. */
export const demoCompany: LocalData = {
  staff: [
    { name: 'quinn', number: 1, roles: ['query'] },
    { name: 'bill', number: 2, roles: ['query', 'billing'] },
    { name: 'agnes', number: 3, roles: ['query', 'agent'] },
    { name: 'sara', number: 4, roles: ['security'] },
    { name: 'anna', number: 7, roles: ['query', 'approver'] },
    { name: 'nobody', number: 5, roles: [] },
  ],
  stranger: { name: 'sam', number: 6, roles: ['security'] },
  daemonRoles: ['query'],
  firstCalls: [
    '--list',
    'get_customer_detail \'{"customer_id":251}\'',
    'unlock_account \'{"customer_id":254,"reason":"Identity checked"}\' --user sara@contoso',
  ],
  async fill(storage, tenant, report, signal) {
    // who only asks for the staff does not wait for the generator
    const { inspectStorage, loadSeed, prepareSeed } = await import('./loader.ts');
    const now = () => new Date();
    const asOf = now().toISOString().slice(0, 10);
    const seed = prepareSeed({ asOf, seed: demoSeed, tenant });
    const stored = await inspectStorage(storage, seed);
    if (stored === 'nothing' || stored === 'unfinished') {
      const what = `Writing the demo data of ${tenant}`;
      report.step(what);
      await loadSeed(storage, seed, {
        now,
        onProgress(done, total) {
          signal?.throwIfAborted();
          report.progress(what, done, total);
        },
      });
    }
    return describeData(stored, asOf);
  },
};

function describeData(stored: Stored, asOf: string): string {
  switch (stored) {
    case 'nothing':
    case 'unfinished':
      return `demo data as of ${asOf} written`;
    case 'this seed':
      return `demo data as of ${asOf}`;
    case 'another seed':
      return 'demo data of an earlier day, kept; without .local/azurite the next start writes it as of that day';
    case 'foreign data':
      return 'data that is not a seed, kept';
  }
}
