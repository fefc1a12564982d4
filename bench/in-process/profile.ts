import type { Table } from '../report/results.ts';
import type { Contender } from './contenders.ts';
import type { Profile } from './job.ts';
import { SubjectProcess } from './subject-process.ts';

/** Microseconds by whose code it was that ran. */
export type Shares = ReadonlyMap<string, number>;

const requests = 2_000;

/** Where the CPU time of a call goes: what is warm is asked again and again, and V8 looks at what runs. */
export async function profileCalls(contender: Contender, file: string): Promise<Table> {
  const subject = await SubjectProcess.start(contender, file);
  try {
    await subject.run('2026-07-28', 'tools/call', { requests });
    const { profile } = await subject.run('2026-07-28', 'tools/call', { requests }, { profiled: true });
    return profileTable(sharesOf(profile ?? { nodes: [] }));
  } finally {
    await subject.stop();
  }
}

/** Adds up what each sample took, by whose code was running. Waiting is left out. */
export function sharesOf({ nodes, samples = [], timeDeltas = [] }: Profile): Shares {
  const owners = new Map(nodes.map(({ id, callFrame }) => [id, ownerOf(callFrame)]));
  const shares = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const owner = owners.get(id) ?? '';
    if (owner !== '') {
      shares.set(owner, (shares.get(owner) ?? 0) + Math.max(0, timeDeltas[index] ?? 0));
    }
  }
  return shares;
}

/** @returns an empty name for what is no work */
function ownerOf({ functionName, url }: Profile['nodes'][number]['callFrame']): string {
  if (functionName === '(idle)' || functionName === '(root)') {
    return '';
  }
  if (functionName === '(garbage collector)') {
    return 'collecting garbage';
  }
  if (functionName === '(program)') {
    return 'what is no JavaScript, and waiting for a processor';
  }
  const inPackage = url.split('node_modules/').at(-1);
  if (inPackage !== undefined && inPackage !== url) {
    return inPackage.split('/', inPackage.startsWith('@') ? 2 : 1).join('/');
  }
  if (url.startsWith('node:internal/deps/undici')) {
    return 'Node: Request and Response (undici)';
  }
  return url.startsWith('file:') ? 'this service' : 'Node otherwise';
}

const most = 12;

function profileTable(shares: Shares): Table {
  const total = [...shares.values()].reduce((sum, share) => sum + share, 0);
  const rows = [...shares].sort(([, one], [, other]) => other - one).slice(0, most);
  return {
    caption: 'Whose code runs during tools/call of 2026-07-28, in percent of the time in which it does',
    columns: ['', 'percent'],
    rows: rows.map(([owner, share]) => [owner, (share / total) * 100]),
  };
}
