import type { TrailSettings } from '#platform/settings/trail';
import type { AuditHeadStore } from '#platform/storage/audit-head-store';
import type { KeptAudit } from '#platform/storage/audit-store';
import type { Storage } from '#platform/storage/connect';
import type { AfterSealing } from './seal-trail.ts';

interface Kept {
  readonly storage: Storage;
  readonly audit: Pick<KeptAudit, 'rows'>;
  readonly heads: AuditHeadStore;
}

/** Where sealed heads, and what they seal, go besides: nowhere, and nothing is loaded for it, unless the settings say so. */
export function passedOn(
  { copies, eventHub }: TrailSettings,
  { storage, audit, heads }: Kept,
): Readonly<Record<string, AfterSealing>> {
  return {
    ...(copies !== undefined && {
      copies: async (tenant, recent) => {
        const { headCopies } = await import('#platform/storage/head-copies');
        const { copyingTo } = await import('./pass-trail-on.ts');
        await copyingTo(headCopies(copies), heads)(tenant, recent);
      },
    }),
    ...(eventHub !== undefined && {
      'event hub': async (tenant, recent) => {
        const hubs = await import('#platform/storage/event-hub');
        const { sentHeads } = await import('#platform/storage/sent-heads');
        const { sendingTo } = await import('./pass-trail-on.ts');
        const sent = sentHeads(storage);
        await sendingTo(hubs.eventHub(eventHub), { audit, heads, sent })(tenant, recent);
      },
    }),
  };
}
