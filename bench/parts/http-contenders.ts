import { startHostProcess } from '../../emulators/stack/host-process.ts';
import type { Running } from '../../emulators/stack/running.ts';
import { compile } from '../../scripts/build/compile.ts';
import { contenderNames } from '../in-process/contenders.ts';
import { entry, startChild } from '../load/child.ts';
import type { ServedWay } from '../peers/serve-way.ts';
import { makeEmptyApp } from '../subjects/empty-app.ts';
import { type Era, messageFor, type Operation, operations } from '../subjects/messages.ts';
import { startWorld } from '../subjects/world.ts';

/** A server that answers the same two requests as all the others. */
export interface Contender {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
  readonly era: Era;
  readonly headers: Readonly<Record<string, string>>;
}

export const names = {
  ours: 'this service, node:http',
  hosted: 'this service, local Functions host',
  hostedLegacy: 'this service, local Functions host, 2025-era client',
  official: 'official 1.x example',
  fastmcp: 'fastmcp 4.20.16',
  emptyFunction: 'empty function, local Functions host',
  floor: 'bare node:http',
} as const;

const ways: readonly ServedWay[] = ['usual-2x', 'tmcp', 'mcp-use', 'mcp-handler'];

/** All that others have made. */
export const peers: readonly string[] = [
  names.official,
  names.fastmcp,
  ...ways.map((way) => contenderNames[way]),
];

/** Starts every server in a process of its own. */
export async function startContenders(running: Running): Promise<readonly Contender[]> {
  await compile();
  const world = await startWorld();
  running.add(world.stop);
  const headers = await world.authorizationOf(0);
  const our = { era: '2026-07-28', headers } as const;
  const host = (dir?: string, env: Readonly<Record<string, string>> = world.verifying) =>
    startHost(running, env, dir);
  const node = (file: string, env: Readonly<Record<string, string>> = {}, ...args: readonly string[]) =>
    startNode(running, file, env, args);
  const plain = { era: '2025-11-25', headers: {} } as const;
  const quiet = { MCP_USE_ANONYMIZED_TELEMETRY: 'false' };

  const hosted = { ...our, name: names.hosted, ...(await host()) };
  const BENCH_ANSWERS = JSON.stringify(await answersOf(hosted));
  const served: Contender[] = [];
  for (const way of ways) {
    served.push({
      era: '2026-07-28',
      headers: {},
      name: contenderNames[way],
      ...(await node('serve-way', quiet, way)),
    });
  }
  return [
    { ...our, name: names.ours, ...(await node('our-app', world.verifying)) },
    hosted,
    { ...hosted, name: names.hostedLegacy, era: '2025-11-25' },
    ...served,
    { ...plain, name: names.official, ...(await node('official-1x')) },
    { ...plain, name: names.fastmcp, ...(await node('fastmcp')) },
    { ...plain, name: names.emptyFunction, ...(await host(await makeEmptyApp(), { BENCH_ANSWERS })) },
    { ...plain, name: names.floor, ...(await node('floor', { BENCH_ANSWERS })) },
  ];
}

/** What a server says to one of the two requests. */
export async function ask(
  { url, era, headers }: Pick<Contender, 'url' | 'era' | 'headers'>,
  operation: Operation,
): Promise<string> {
  const message = messageFor(era, operation);
  const init = { method: 'POST', headers: { ...message.headers, ...headers }, body: message.body };
  return (await fetch(url, init)).text();
}

/** Our own answers, byte for byte, for the servers that only send them. */
async function answersOf(contender: Contender): Promise<Record<string, string>> {
  const texts = await Promise.all(operations.map((operation) => ask(contender, operation)));
  return Object.fromEntries(operations.map((operation, index) => [operation, texts[index] ?? '']));
}

type Started = Pick<Contender, 'url' | 'pid'>;

async function startHost(
  running: Running,
  env: Readonly<Record<string, string>>,
  dir: string | undefined,
): Promise<Started> {
  const host = await startHostProcess({ env, ...(dir !== undefined && { dir }) });
  running.add(host.stop);
  return { url: `${host.origin}/mcp`, pid: host.pid };
}

async function startNode(
  running: Running,
  name: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<Started> {
  const child = await startChild({ args: entry(`bench/peers/${name}.ts`, ...args), env });
  running.add(child.stop);
  return { url: `${child.origin}/mcp`, pid: child.pid };
}
