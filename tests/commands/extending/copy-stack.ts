import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type ProjectCopy, plainEnvironment } from './project-copy.ts';

export interface CopyStack {
  /** Address of a tenant's endpoint, through the gateway. */
  addressOf(tenant: string, endpoint: '/mcp' | '/agentic/mcp'): string;
  stop(): Promise<void>;
}

/** `npm start` in the copy, on a free port and with data in memory; resolves when it serves. */
export async function startCopyStack({ dir }: ProjectCopy): Promise<CopyStack> {
  const args = ['scripts/launch.cjs', 'emulators/stack/start.ts', '--port', '0', '--pooled', '--ephemeral'];
  const child = spawn(process.execPath, args, {
    cwd: dir,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: plainEnvironment(),
  });
  const ended = once(child, 'exit');
  let said = '';
  for await (const line of createInterface(child.stdout)) {
    said += `${line}\n`;
    if (line.includes('Ctrl+C stops everything')) {
      break;
    }
  }
  const origin = /http:\/\/127\.0\.0\.1:\d+(?=\/contoso-mcp\/)/.exec(said)?.[0];
  if (origin === undefined) {
    throw new Error(`The stack of the copy did not start:\n${said}`);
  }
  child.stdout.resume();
  return {
    addressOf: (tenant, endpoint) => `${origin}/${tenant}-mcp${endpoint}`,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
