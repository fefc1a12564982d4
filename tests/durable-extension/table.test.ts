import { afterAll, beforeAll } from 'vitest';
import { startDurableHost } from '../integration/durable/durable-host.ts';
import { compare, type EngineName } from './compare.ts';
import { hasExtension } from './extension-process.ts';
import { startRealHost } from './real-host.ts';
import { loadRows } from './table/load.ts';
import type { Engine } from './table/row.ts';
import { differentRows, sameRows } from './table/rows.ts';

const engines: Partial<Record<EngineName, Engine & { stop(): Promise<unknown> }>> = {};
const quiet = {
  statusTimeoutMs: 200_000,
  env: { AzureFunctionsJobHost__logging__logLevel__default: 'Warning' },
};

beforeAll(async () => {
  await Promise.all([
    startDurableHost(quiet).then((host) => {
      engines.local = host;
    }),
    hasExtension() &&
      startRealHost(quiet).then((host) => {
        engines.real = host;
      }),
  ]);
});
afterAll(async () => {
  await Promise.all([engines.local?.stop(), engines.real?.stop()]);
});

const started = (name: EngineName): Engine => {
  const engine = engines[name];
  if (engine === undefined) {
    throw new Error(`There is no ${name} engine.`);
  }
  return engine;
};

compare([...sameRows, ...differentRows], started, { atOnce: true });
compare(loadRows, started, { atOnce: false });
