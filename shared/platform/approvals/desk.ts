import { millisecondsPerHour } from '../dates.ts';
import { Refused } from '../errors.ts';
import { otherArguments } from '../idempotency.ts';
import type { ApprovalDesk, Standing } from '../mcp/pipeline/approve.ts';
import type { Invocation } from '../mcp/pipeline/invocation.ts';
import { StaleWrite } from '../storage/stale-write.ts';
import {
  type ApprovalMeans,
  approvalIdFor,
  beginWaiting,
  digestsOf,
  isOwn,
  note,
  policyOf,
} from './means.ts';
import type { ApprovalRecord, StoredApproval } from './record.ts';
import { asOf, standingOf } from './standing.ts';

/** Of one user at a time; nobody decides well on more. */
const mostWaiting = 20;
/** So long after the end of its time what was approved in time may still be carried out. */
export const graceMs = millisecondsPerHour;

/** Where calls wait that need a second person, as the pipeline has it. */
export function approvalDesk(means: ApprovalMeans): ApprovalDesk {
  const { stores, aboveOf, hours, now } = means;

  function keyOf({ input }: Invocation): string | undefined {
    return typeof input.idempotency_key === 'string' ? input.idempotency_key : undefined;
  }

  function digestsIn({ operation, input, call }: Invocation) {
    return digestsOf(means, call.principal.tenant, operation.name, input);
  }

  function policyIn({ operation, call }: Invocation): string {
    return policyOf(aboveOf(call.principal.tenant) ?? 0, operation.offer.thing.permission);
  }

  /** Why an approval does not count, or counts no longer; undefined when it does. */
  function faultOf(record: ApprovalRecord, policy: string): string | undefined {
    if (record.state !== 'approved') {
      return 'Nobody approved this call, so nothing was done.';
    }
    if (now().getTime() > Date.parse(record.expiresAt) + graceMs) {
      return 'The approval came too long ago, so nothing was done; ask anew.';
    }
    return record.policy === policy
      ? undefined
      : 'What needs a second person was changed meanwhile, so nothing was done; ask anew.';
  }

  /** By the caller's key; a request without one has its own id for a key. */
  async function find({ operation, call }: Invocation, key: string): Promise<StoredApproval | undefined> {
    const { principal } = call;
    const store = stores.of(principal.tenant);
    const found =
      (await store.read(approvalIdFor(principal, operation.name, key))) ?? (await store.read(key));
    return found && found.record.tool === operation.name && isOwn(found.record, principal)
      ? found
      : undefined;
  }

  function newRecord(invocation: Invocation, id: string, question: string): ApprovalRecord {
    const { operation, call, by, endpoint, joins } = invocation;
    const { user, name, application, actor, roles } = call.principal;
    const at = now();
    return {
      tool: operation.name,
      question,
      input: { ...invocation.input, idempotency_key: keyOf(invocation) ?? id },
      digest: digestsIn(invocation)[0],
      policy: policyIn(invocation),
      user,
      userName: name ?? null,
      application,
      actor,
      roles,
      by,
      endpoint,
      correlationId: joins ?? call.correlationId,
      createdAt: at.toISOString(),
      expiresAt: new Date(at.getTime() + hours * millisecondsPerHour).toISOString(),
      state: 'waiting',
      updatedAt: at.toISOString(),
      decidedBy: null,
      reason: null,
      answer: null,
    };
  }

  /** The same call, which its caller made without a key and which still waits. */
  async function alike(invocation: Invocation): Promise<StoredApproval | undefined> {
    const { operation, call } = invocation;
    const waiting = await stores.of(call.principal.tenant).waiting();
    const own = waiting.filter(
      ({ record }) => isOwn(record, call.principal) && asOf(record, now()).state === 'waiting',
    );
    const same = own.find(
      ({ record }) => record.tool === operation.name && digestsIn(invocation).includes(record.digest),
    );
    if (same === undefined && own.length >= mostWaiting) {
      throw new Refused(
        `${mostWaiting} of your calls wait for a second person already, so this one was not put on record; wait until some of them are decided.`,
      );
    }
    return keyOf(invocation) === undefined ? same : undefined;
  }

  async function known(invocation: Invocation): Promise<Standing | undefined> {
    const key = keyOf(invocation);
    const found = key === undefined ? undefined : await find(invocation, key);
    if (found !== undefined && !digestsIn(invocation).includes(found.record.digest)) {
      throw otherArguments();
    }
    return found && standingOf(found, now());
  }

  return {
    aboveOf,
    known,
    async request(invocation, question) {
      const { tenant } = invocation.call.principal;
      const same = await alike(invocation);
      if (same !== undefined) {
        return standingOf(same, now());
      }
      const id = approvalIdFor(invocation.call.principal, invocation.operation.name, keyOf(invocation));
      const record = newRecord(invocation, id, question);
      try {
        await stores.of(tenant).insert(id, record);
      } catch (error) {
        const other = error instanceof StaleWrite ? await known(invocation) : undefined;
        if (other === undefined) {
          throw error;
        }
        return other;
      }
      note(means, tenant, id, record.state);
      await beginWaiting(means, tenant, { id, record });
      return standingOf({ id, etag: '', record }, now());
    },
    async approver(invocation, id) {
      const { operation, call } = invocation;
      const { tenant, user } = call.principal;
      const found = await stores.of(tenant).read(id);
      const fault =
        found === undefined ? 'There is no such approval.' : faultOf(found.record, policyIn(invocation));
      const decidedBy = found?.record.decidedBy ?? null;
      const isThisCall =
        found?.record.user === user &&
        found.record.tool === operation.name &&
        digestsIn(invocation).includes(found.record.digest);
      if (fault !== undefined || decidedBy === null || decidedBy === user || !isThisCall) {
        throw new Refused(fault ?? 'Nobody else approved this call, so nothing was done.');
      }
      return decidedBy;
    },
  };
}
