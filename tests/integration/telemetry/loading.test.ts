import { expect, it } from 'vitest';
import { runEntry } from '../../support/run.ts';
import { startCollector } from './collector.ts';

const settings = {
  AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
  AUTH_MODE: 'passthrough',
  DATA_STORAGE: 'UseDevelopmentStorage=true',
  TENANTS: JSON.stringify([
    { slug: 'contoso', tenantIds: ['c0000000-0000-4000-8000-000000000001'], displayName: 'Contoso' },
  ]),
};

/** What a service with these settings on top loads of the libraries of telemetry. */
async function loadedWith(env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const entry = 'tests/integration/telemetry/loaded-modules.ts';
  const { code, output } = await runEntry(entry, [], { ...settings, ...env });
  expect(code, output).toBe(0);
  return output
    .trim()
    .split('\n')
    .filter((line) => line.startsWith('@'));
}

it('nothing but the interface is loaded when nothing is exported', async () => {
  expect(await loadedWith({})).toEqual(['@opentelemetry/api']);
});

it('the exporter that is configured is loaded, and not the other one', async () => {
  const collector = await startCollector();
  const loaded = await loadedWith({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint });
  await collector.stop();
  expect(loaded).toContain('@opentelemetry/exporter-trace-otlp-http');
  expect(loaded).toContain('@opentelemetry/sdk-trace-node');
  expect(loaded).not.toContain('@azure/monitor-opentelemetry-exporter');
});
