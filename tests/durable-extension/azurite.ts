import { fork } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { azuriteAccount } from '#emulators/stack/azurite';
import { freePort } from '#emulators/stack/free-port';
import { endOf } from '#scripts/lib/child-process';

const services = ['blob', 'queue', 'table'] as const;

/**
 * Azurite in memory with all that the Durable extension needs; the local stack's own has tables only.
 * @throws Error with what it printed when it does not start
 */
export async function startWholeAzurite(): Promise<{ connectionString: string; stop(): Promise<void> }> {
  const ports = await Promise.all(services.map(async (name) => ({ name, port: await freePort(0) })));
  const child = fork(
    path.join(import.meta.dirname, 'azurite-child.cjs'),
    ports.flatMap(({ name, port }) => [`--${name}Port`, String(port)]),
    { execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  );
  const ended = endOf(child);
  const lines: string[] = [];
  const listening = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) {
        createInterface({ input: stream }).on('line', (line) => {
          lines.push(line);
          if (lines.filter((one) => one.includes('successfully listen')).length === services.length) {
            resolve();
          }
        });
      }
    }
  });
  await Promise.race([listening, ended]);
  if (child.exitCode !== null) {
    throw new Error(`Azurite did not start:\n${lines.join('\n')}`);
  }
  const endpoints = ports.map(({ name, port }) => {
    const service = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    return `${service}Endpoint=http://127.0.0.1:${port}/${azuriteAccount.name};`;
  });
  const { name, key } = azuriteAccount;
  return {
    connectionString: `DefaultEndpointsProtocol=http;AccountName=${name};AccountKey=${key};${endpoints.join('')}`,
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
