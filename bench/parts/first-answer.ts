import { localTenant } from '../../emulators/identity/tenants.ts';
import { startChild } from '../load/child.ts';
import { cpuTime } from '../load/cpu.ts';
import { listTools, resultOf } from '../subjects/messages.ts';

type Environment = Readonly<Record<string, string>>;

/** Settings of a service that verifies nobody. @param storage connection string of one that answers */
export function settingsFor(storage: string): Environment {
  return {
    AUTH_MODE: 'disabled',
    DATA_STORAGE: storage,
    AzureWebJobsStorage: storage,
    TENANTS: JSON.stringify([localTenant('contoso')]),
    LOG_LEVEL: 'error',
  };
}

/** Milliseconds until a process has answered its first tools/list. */
export interface Start {
  readonly wall: number;
  readonly cpu: number;
}

/** Starts a process, asks it for its tools, and ends it. @param args its command line after `node` */
export async function firstAnswer(args: readonly string[], env: Environment): Promise<Start> {
  const begin = performance.now();
  const child = await startChild({ args, env });
  try {
    // The 2025-11-25 form is the one that all of them understand.
    const { headers, body } = listTools('2025-11-25');
    const response = await fetch(`${child.origin}/mcp`, { method: 'POST', headers, body });
    const text = await response.text();
    const wall = performance.now() - begin;
    if (text !== '{}') {
      resultOf(text);
    }
    return { wall, cpu: await cpuTime(child.pid) };
  } finally {
    await child.stop();
  }
}
