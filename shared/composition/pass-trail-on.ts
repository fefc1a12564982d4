import { ocsfOf } from '#platform/access/audit-ocsf';
import type { AuditHeadStore, KeptHead } from '#platform/storage/audit-head-store';
import type { KeptAudit } from '#platform/storage/audit-store';
import type { EventSink } from '#platform/storage/event-hub';
import type { HeadCopies } from '#platform/storage/head-copies';
import type { SentHeads } from '#platform/storage/sent-heads';
import { type AfterSealing, firstDayAfter, sealedBy } from './seal-trail.ts';

/**
 * Copies the heads that have no copy, in their order. Since each has the copy of the one before it, only the last ones are
 * asked for.
 */
export function copyingTo(copies: HeadCopies, store: Pick<AuditHeadStore, 'read'>): AfterSealing {
  return async (tenant, recent) => {
    let heads = recent;
    let missing = await missingAtTheEnd(heads);
    if (missing === heads.length && (heads[0]?.number ?? 1) > 1) {
      heads = await store.read(tenant);
      missing = await missingAtTheEnd(heads);
    }
    for (const { number, text, signature } of heads.slice(heads.length - missing)) {
      await copies.write(tenant, number, { text, signature });
    }

    async function missingAtTheEnd(all: readonly KeptHead[]): Promise<number> {
      for (const [count, head] of [...all].reverse().entries()) {
        const copy = await copies.read(tenant, head.number);
        if (copy !== undefined && copy.text !== head.text) {
          throw new Error(`Head ${head.number} is not the one that was copied.`);
        }
        if (copy !== undefined) {
          return count;
        }
      }
      return all.length;
    }
  };
}

/** Events that are in memory at once. */
const together = 1_000;

interface Sending {
  readonly audit: Pick<KeptAudit, 'rows'>;
  readonly heads: Pick<AuditHeadStore, 'read'>;
  readonly sent: SentHeads;
}

/** Sends what was sealed and not sent yet. Each row is sent at least once: again when it is not known whether it arrived. */
export function sendingTo(sink: EventSink, { audit, heads, sent }: Sending): AfterSealing {
  return async (tenant, recent) => {
    const upTo = await sent.read(tenant);
    const last = recent.at(-1)?.number ?? 0;
    if (last <= upTo) {
      return;
    }
    const isKnown = upTo > 0 && (recent[0]?.number ?? 0) <= upTo;
    const all = isKnown ? recent : await heads.read(tenant);
    const before = all.filter(({ number }) => number <= upTo);
    const [from, to] = [sealedBy(before), sealedBy(all)];
    let events: object[] = [];
    for await (const { entry, link } of audit.rows(tenant, firstDayAfter(before.at(-1)))) {
      const place = link?.position ?? 0;
      const [first = 0, end = 0] = [from, to].map((sealed) => sealed.get(link?.shard ?? '')?.[0]);
      if (link !== undefined && place > first && place <= end) {
        events.push(ocsfOf(entry, link));
      }
      if (events.length === together) {
        await sink.send(events);
        events = [];
      }
    }
    await sink.send(events);
    await sent.write(tenant, last);
  };
}
