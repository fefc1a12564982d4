import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { nextMessage, tell } from '../../scripts/lib/child-process.ts';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { sharesOf } from '../../scripts/package/contents.ts';
import type { Package } from '../../scripts/package/package.ts';
import { startChild } from '../load/child.ts';
import { atMost } from '../report/aims.ts';
import type { Aim, Table } from '../report/results.ts';
import { listTools, type Message, resultOf } from '../subjects/messages.ts';

/** What the first messages of a client can do without. */
const later: Readonly<Record<string, readonly string[]>> = {
  storage: ['@azure/data-tables', '@azure/core-client', '@azure/core-rest-pipeline'],
  identity: ['jose', '@azure/identity'],
  telemetry: [
    '@opentelemetry/sdk-metrics',
    '@opentelemetry/sdk-trace-node',
    '@azure/monitor-opentelemetry-exporter',
  ],
};

const preload = path.join(projectDir, 'bench/peers/loaded-files.mjs');

/** What a start and its first messages load of the package. */
export interface FirstList {
  readonly table: Table;
  readonly aims: readonly Aim[];
}

/** Kilobytes of what a process has loaded, by the name of the package. */
type Loaded = ReadonlyMap<string, number>;

/**
 * Looks at which files a new process of the package has loaded once it has answered `initialize`, and then `tools/list`.
 * @param host the script that runs an app, as plain JavaScript
 */
export async function measureFirstList(
  { dir, metafile }: Package,
  host: string,
  env: Readonly<Record<string, string>>,
): Promise<FirstList> {
  const child = await startChild({ args: ['--import', preload, host, dir], env });
  const loaded = async (): Promise<Loaded> => {
    tell(child.process, 'loaded');
    const said = await nextMessage<{ loaded: readonly string[] }>(child.process, child.ended);
    const files = (said?.loaded ?? [])
      .filter((url) => url.startsWith('file:'))
      .map((url) => fileURLToPath(url));
    const outputs = files.flatMap((file) => metafile.outputs[path.relative(projectDir, file)] ?? []);
    if (outputs.length === 0) {
      throw new Error('No file of the package was seen to be loaded.');
    }
    return new Map(sharesOf(outputs).map(({ name, bytes }) => [name, bytes / 1_024]));
  };
  try {
    await answered(child.origin, initialize);
    const introduced = await loaded();
    await answered(child.origin, listTools('2025-11-25'));
    return report(introduced, await loaded());
  } finally {
    await child.stop();
  }
}

const initialize: Message = {
  headers: listTools('2025-11-25').headers,
  body: JSON.stringify({
    jsonrpc: '2.0',
    id: 0,
    method: 'initialize',
    params: {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'bench', version: '1' },
    },
  }),
};

async function answered(origin: string, { headers, body }: Message): Promise<void> {
  resultOf(await (await fetch(`${origin}/mcp`, { method: 'POST', headers, body })).text());
}

function report(introduced: Loaded, listed: Loaded): FirstList {
  const found = Object.entries(later).map(([what, names]) => {
    const of = (loaded: Loaded) => names.reduce((sum, name) => sum + (loaded.get(name) ?? 0), 0);
    return { what, introduced: of(introduced), listed: of(listed) };
  });
  const aim = (moment: 'introduced' | 'listed', before: string) => {
    const early = found.filter((one) => one[moment] > 0).map(({ what }) => what);
    const which = early.length > 0 ? ` (${early.join(', ')})` : '';
    return atMost(
      `of storage, identity and telemetry, loaded before ${before} is answered${which}`,
      early.length,
      0,
      '',
    );
  };
  return {
    table: {
      caption:
        'Kilobytes of libraries that a new process has loaded once it has answered `initialize`, and then its first `tools/list`',
      columns: ['', 'kB after `initialize`', 'kB after `tools/list`'],
      rows: found.map(({ what, introduced, listed }) => [what, Math.ceil(introduced), Math.ceil(listed)]),
    },
    aims: [aim('introduced', '`initialize`'), aim('listed', 'the first list')],
  };
}
