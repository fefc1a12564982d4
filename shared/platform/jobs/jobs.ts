import { randomBytes } from 'node:crypto';
import { Refused } from '../errors.ts';
import { digestOf, otherArguments } from '../idempotency.ts';
import type { Principal } from '../identity/principal.ts';
import type { TenantId } from '../identity/tenant.ts';
import { retryStale } from '../storage/retry.ts';
import type { AnyJob } from './definition.ts';
import type { JobState } from './job.ts';
import type { JobEvents } from './job-events.ts';
import { asCancelled, hasEnded, stateOf } from './job-state.ts';
import { type JobRecord, type JobStore, ownerOf, type StoredJob } from './job-store.ts';
import { type JobTracker, jobTracker } from './job-tracker.ts';
import { jobWatches, type PollInterval } from './job-watches.ts';
import type { OwnedWork } from './owned-work.ts';
import type { OrchestrationClient } from './ports.ts';
import { waiting } from './progress.ts';
import type { Rounds } from './rounds.ts';

/** The jobs of one kind of one tenant. */
export interface JobService extends OwnedWork<JobState> {
  /**
   * Creates a job. It is on record before it starts, so what this returns survives the end of the process.
   * With an idempotency key, the user's job of that key is returned while it works and when it is completed; one that
   * failed or was cancelled gives the key free. The id of a job of the user's is a key of that job, too. Three round trips to storage at most while a slot is free, five with a
   * key, and one to the engine.
   * @param correlationId of the call that asks for it, for the log
   * @throws what the definition refuses, such as NotFound; nothing is created
   * @throws Conflict when the key was used for another request
   * @throws Refused when the user has as many running jobs as allowed
   * @throws Unavailable when storage or the engine does not answer; a job that is on record by then begins when it is
   *   looked at
   */
  start(request: JobRequest, principal: Principal, correlationId?: string): Promise<JobState>;
  /**
   * The job that a call with this request started or joined last, for whoever watches the call and has not got its id: that of
   * the idempotency key, or the newest for the same request. Two round trips to storage at most, and one to the engine.
   */
  latest(request: JobRequest, principal: Principal): Promise<JobState | undefined>;
}

/** What is asked for, by the definition's schema, and the caller's idempotency key. */
export type JobRequest = Readonly<Record<string, unknown>> & {
  readonly idempotency_key?: string | undefined;
};

export interface JobOptions {
  readonly definition: AnyJob;
  /** All of the business, this one among them: they share a user's slots. The first is that of records without a kind. */
  readonly definitions: readonly AnyJob[];
  readonly tenant: TenantId;
  readonly store: JobStore;
  readonly engine: OrchestrationClient;
  readonly limits: JobLimits;
  readonly events: JobEvents;
  readonly now: () => Date;
  readonly pollInterval?: PollInterval;
  /** In which the jobs of other kinds and tenants are looked at, too. */
  readonly rounds?: Rounds;
}

export interface JobLimits {
  /** Most jobs of one user that run at the same time. */
  readonly runningPerUser: number;
  /** How long a job is kept, in milliseconds from its creation. */
  readonly ttlMs: number;
}

const idBytes = 24;
const idShape = /^[A-Za-z0-9_-]{32}$/;

/** Enough for a crowd of one user's requests: of those who reach for the same slot, one gets it. */
const insertAttempts = 25;

/** Opens the jobs of one kind of one tenant. Keep it for the life of the process: watchers of one job share their polling. */
export function openJobs({
  definition,
  definitions,
  tenant,
  store,
  engine,
  limits,
  events,
  now,
  pollInterval,
  rounds,
}: JobOptions): JobService {
  const definitionOf = definitionIn(definitions);
  const tracker = jobTracker({
    tenant,
    store,
    engine,
    events,
    definitionOf,
  });
  const watches = jobWatches(definition, tracker.look, pollInterval, rounds);
  const digestOfRequest = (request: unknown) => digestOf(definition.name, request);
  const toState = (job: StoredJob | undefined) => job && stateOf(definition, job.id, job.record);

  const isKept = ({ record }: StoredJob) =>
    definitionOf(record) === definition && record.expiresAt > now().toISOString();

  async function find(id: string, principal: Principal): Promise<StoredJob | undefined> {
    const job = idShape.test(id) ? await store.read(ownerOf(principal), id) : undefined;
    return job && isKept(job) ? job : undefined;
  }

  return {
    async start({ idempotency_key: key, ...request }, principal, correlationId) {
      if (principal.tenant !== tenant) {
        throw new RangeError('The caller is not of this tenant.');
      }
      await definition.admit?.(request, principal);
      const owner = ownerOf(principal);
      const keyDigest = key === undefined ? null : digestOf('idempotency_key', key);
      const digest = digestOfRequest(request);
      return await retryStale(insertAttempts, async () => {
        const former = keyDigest === null ? undefined : await store.keyUse(owner, keyDigest);
        // A job whose call came without a key is joined by its id.
        const earlier = key === undefined ? undefined : await find(former?.job ?? key, principal);
        const current = earlier && (await tracker.look(earlier));
        if (current !== undefined && holdsKey(current)) {
          if (digestOfRequest(current.record.request) !== digest) {
            throw otherArguments();
          }
          return stateOf(definition, current.id, current.record);
        }
        const slot = await findFreeSlot({ store, tracker, limits, definition }, owner);
        const id = randomBytes(idBytes).toString('base64url');
        const record = { ...newRecord(definition, request, slot, now(), limits.ttlMs), key: keyDigest };
        await store.insert(owner, id, record, { digest, former });
        events.started(id, correlationId);
        await tracker.begin(id, record);
        return stateOf(definition, id, record);
      });
    },
    async latest({ idempotency_key: key, ...request }, principal) {
      const owner = ownerOf(principal);
      const digest = digestOfRequest(request);
      const byKey =
        key === undefined ? undefined : (await store.keyUse(owner, digestOf('idempotency_key', key)))?.job;
      const known = byKey ?? key;
      const jobs = known === undefined ? await store.list(owner) : [await find(known, principal)];
      const alike = jobs.filter(
        (job) => job && isKept(job) && digestOfRequest(job.record.request) === digest,
      );
      const job = alike.reduce(later, undefined);
      return toState(job && (await tracker.look(job)));
    },
    async get(id, principal) {
      const job = await find(id, principal);
      return toState(job && (await tracker.look(job)));
    },
    async cancel(id, principal) {
      const job = await find(id, principal);
      const current = job && (await tracker.look(job));
      const ended =
        current === undefined || hasEnded(current.record)
          ? current
          : await tracker.finish(current, asCancelled(definition, current.record, now().toISOString()));
      // A job that was cancelled before is ended again, because the engine may not have answered the first time.
      if (ended?.record.status === 'cancelled') {
        await engine.terminate(ended.id, 'cancelled');
      }
      return toState(ended);
    },
    async list(principal) {
      const kept = (await store.list(ownerOf(principal))).filter(isKept);
      const current = await Promise.all(kept.map(tracker.look));
      return current
        .flatMap((job) => toState(job) ?? [])
        .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    },
    async *watch(id, principal, signal, after) {
      const job = await find(id, principal);
      if (job !== undefined) {
        yield* watches.follow(job, signal, after);
      }
    },
  };
}

function later(one: StoredJob | undefined, other: StoredJob | undefined): StoredJob | undefined {
  return one === undefined || (other && one.record.createdAt < other.record.createdAt) ? other : one;
}

function definitionIn(definitions: readonly AnyJob[]): (job: JobRecord) => AnyJob {
  const byName = new Map(definitions.map((one) => [one.name, one]));
  return ({ kind }) => {
    const definition = kind === null ? definitions[0] : byName.get(kind);
    if (definition === undefined) {
      throw new RangeError(`There is no definition of the job ${kind}.`);
    }
    return definition;
  };
}

/** A repetition of the call means this job: its answer is still to come, or is there. */
function holdsKey({ record: { status } }: StoredJob): boolean {
  return status === 'working' || status === 'completed';
}

function newRecord(
  { name: kind }: AnyJob,
  request: unknown,
  slot: number,
  now: Date,
  ttlMs: number,
): Omit<JobRecord, 'key'> {
  const createdAt = now.toISOString();
  return {
    kind,
    status: 'working',
    ...waiting,
    createdAt,
    updatedAt: createdAt,
    expiresAt: new Date(now.getTime() + ttlMs).toISOString(),
    slot,
    request,
    result: null,
  };
}

type Slots = Pick<JobOptions, 'store' | 'limits' | 'definition'> & { readonly tracker: JobTracker };

/**
 * A slot for one more running job of this user. A job keeps its slot until somebody reads it after its end, so when all
 * are taken, the jobs in them are read.
 * @throws Refused when all are taken by jobs that run
 */
async function findFreeSlot({ store, tracker, limits, definition }: Slots, owner: string): Promise<number> {
  const taken = await store.slots(owner);
  const free = anyFree(taken, limits);
  if (free !== undefined) {
    return free;
  }
  await Promise.all(
    [...taken.values()].map(async (id) => {
      const job = await store.read(owner, id);
      if (job !== undefined) {
        await tracker.look(job);
      }
    }),
  );
  const freed = anyFree(await store.slots(owner), limits);
  if (freed !== undefined) {
    return freed;
  }
  throw new Refused(definition.words.full(limits.runningPerUser));
}

/** Any of the free ones, so that requests at the same time seldom reach for the same. */
function anyFree(taken: ReadonlyMap<number, string>, { runningPerUser }: JobLimits): number | undefined {
  const free = Array.from({ length: runningPerUser }, (_, slot) => slot).filter((slot) => !taken.has(slot));
  return free[Math.floor(Math.random() * free.length)];
}
