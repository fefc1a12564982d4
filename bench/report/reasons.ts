import type { Aim } from './results.ts';

/** What stands between this service and an aim, and what would have to change. */
interface Reason {
  /** How the names of those aims begin, or what they hold. */
  readonly of: RegExp;
  readonly heading: string;
  readonly says: string;
}

const known: readonly Reason[] = [
  {
    of: /^tools\/call in process|^tools\/call over node:http/,
    heading: 'Calls',
    says: 'The profile at the end of "The endpoint in process" shows whose code runs. Its peers take a message and give it to the tool; what this service does on top stands there by whose code it is: its own checks and records, the libraries that check schemas and write the trail, and what Node does for each `Request` and `Response`. What has the largest share there is what would have to become cheaper; the rows of the peers show what is left when nothing is checked and nothing is written. Seen from outside (perf, Node 24), a fifth of the time of such a process is compiled JavaScript; the rest is V8 itself: JSON, properties that no compiler could make direct, promises, collecting. So fewer objects and fewer steps count, and no single place has more than a twentieth. An entry of the trail alone, from its hash to its part of a transaction, takes 35 to 45 microseconds, written by the hundred and when nothing else runs. Behind node:http the turning of what came into a `Request`, and of the `Response` into what is sent, takes about as long again as the call, for the peers as for this service.',
  },
  {
    of: /^tools\/list/,
    heading: 'Lists',
    says: 'A kept list costs what the checks of its message and token cost, and nothing of the list itself: only fewer checks would make it cheaper.',
  },
  {
    of: /throughput of this service, local Functions host/,
    heading: 'Calls on the local Functions host',
    says: 'Each request also passes through two HTTP servers and one HTTP client in the same process; the row of the empty function shows what that takes before any of our code runs. The host in Azure is another program, with a process of its own.',
  },
  {
    of: /^first answer|^of storage, identity/,
    heading: 'The first answer',
    says: 'The tables under "Cold start" show what loading consists of. The row of the empty function is what the host and the Functions library take by themselves, before any of our code; it alone is most of the minimal server. Counted in instructions (valgrind, Node 24), which hardly differ from start to start, the minimal server takes 740 million, the empty function 517 and this service 1,275. Of the 760 that are ours, three in ten are V8 reading files, and a quarter its compiling of functions at their first call; an eighth is the storage library, which a list needs because what is switched off must be known before it is sent, and a twenty-fifth the library of jobs. Nearly all of the rest runs once: what makes the schemas of the protocol layer and of our tools, puts the endpoints together and answers the first request. The minimal server loads the protocol layer as well, and little else. To start as fast, the first list would have to be answered before the protocol layer is loaded and before the tools have their schemas, though the first call needs both: a client would wait for the same, later. To make the schemas of the protocol layer one by one at their first use would save a fortieth of ours; without white space the files would take a twenty-fifth less, and stacks could not be read without maps. V8 can keep compiled code beside a program, which would save a fifth of ours, but Node looks for it under its own patch version, the processor and the number of the user that runs it, which differ between what builds and what runs; and the package would not be the same bytes every time. So none is shipped.',
  },
  {
    of: /streams, resident memory/,
    heading: 'Memory',
    says: 'Of what a stream takes, about 125 KiB are in use, with its job and its sockets (heap with 200 streams, after a collection); the rest is garbage that V8 lets grow where memory is plenty. On this machine Node 24 lets young objects alone take 128 MiB, which is more than the aim with what the process takes before the first stream (64 MiB where there are 2,048 MiB in all; Node 20: 32 and 16): no saving of ours reaches the aim there without an option of Node. The table shows how much is left of the garbage with a limit. Less of the rest would take less that outlives a young collection, of which no single place has more than a thirtieth: histories of jobs, which the library of durable functions reads anew at every step, questions for the state of jobs, the local engine, and the library of storage.',
  },
  {
    of: /^bytes allocated/,
    heading: 'Allocations',
    says: 'What a call allocates is counted as a whole; the profile of the same call shows by whose code, as far as time goes.',
  },
  {
    of: /^two runs/,
    heading: 'Two runs that differ',
    says: 'CPU time depends on what else runs on the machine: caches and the clock rate are shared. The load average when the run began stands above; where it was high, the same run on a machine that does nothing else says more. Where it was low, compare CPU time with the clock: what is above the clock was spent beside the main thread or after the last answer, and that is what differs most.',
  },
];

/** Why aims are missed, of those that are. */
export function reasonsFor(aims: readonly Aim[]): string[] {
  const missed = aims.filter(({ met }) => !met);
  const lines = known
    .filter(({ of }) => missed.some(({ name }) => of.test(name)))
    .map(({ heading, says }) => `- **${heading}.** ${says}`);
  return lines.length === 0 ? [] : ['### Why aims are missed', lines.join('\n')];
}
