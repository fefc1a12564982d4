import { startHostProcess } from '../../emulators/stack/host-process.ts';
import type { Running } from '../../emulators/stack/running.ts';
import { compile } from '../../scripts/build/compile.ts';
import { entry, startChild } from '../load/child.ts';
import { makeEmptyApp } from '../subjects/empty-app.ts';
import { type Era, messageFor, type Operation, operations } from '../subjects/messages.ts';
import { startWorld } from '../subjects/world.ts';

/** A server that answers the same two requests as all the others. */
export interface Contender {
  readonly name: string;
  readonly url: string;
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

/** Starts every server in a process of its own. */
export async function startContenders(running: Running): Promise<readonly Contender[]> {
  await compile();
  const world = await startWorld();
  running.add(world.stop);
  const headers = await world.authorizationOf(0);
  const our = { era: '2026-07-28', headers } as const;
  const host = (dir?: string, env: Readonly<Record<string, string>> = world.verifying) =>
    startHost(running, env, dir);
  const node = (file: string, env: Readonly<Record<string, string>> = {}) => startNode(running, file, env);
  const plain = { era: '2025-11-25', headers: {} } as const;

  const hosted = { ...our, name: names.hosted, url: await host() };
  const BENCH_ANSWERS = JSON.stringify(await answersOf(hosted));
  return [
    { ...our, name: names.ours, url: await node('our-app', world.verifying) },
    hosted,
    { ...hosted, name: names.hostedLegacy, era: '2025-11-25' },
    { ...plain, name: names.official, url: await node('official-1x') },
    { ...plain, name: names.fastmcp, url: await node('fastmcp') },
    { ...plain, name: names.emptyFunction, url: await host(await makeEmptyApp(), { BENCH_ANSWERS }) },
    { ...plain, name: names.floor, url: await node('floor', { BENCH_ANSWERS }) },
  ];
}

/** What a server says to one of the two requests. */
export async function ask({ url, era, headers }: Contender, operation: Operation): Promise<string> {
  const message = messageFor(era, operation);
  const init = { method: 'POST', headers: { ...message.headers, ...headers }, body: message.body };
  return (await fetch(url, init)).text();
}

/** Our own answers, byte for byte, for the servers that only send them. */
async function answersOf(contender: Contender): Promise<Record<string, string>> {
  const texts = await Promise.all(operations.map((operation) => ask(contender, operation)));
  return Object.fromEntries(operations.map((operation, index) => [operation, texts[index] ?? '']));
}

async function startHost(
  running: Running,
  env: Readonly<Record<string, string>>,
  dir: string | undefined,
): Promise<string> {
  const host = await startHostProcess({ env, ...(dir !== undefined && { dir }) });
  running.add(host.stop);
  return `${host.origin}/mcp`;
}

async function startNode(
  running: Running,
  name: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const child = await startChild({ args: entry(`bench/peers/${name}.ts`), env });
  running.add(child.stop);
  return `${child.origin}/mcp`;
}
