import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { environment, seedTenant, type TestTenant, tokenFor } from '../support/service.ts';
import { compare, type EngineName } from './compare.ts';
import { hasExtension } from './extension-process.ts';
import { type Instance, startLocalInstance } from './instance.ts';
import { type RealHost, startRealHost } from './real-host.ts';
import { diagnose, diagnosisRows, type ServiceOn } from './table/diagnoses.ts';

const levels = (level: string) =>
  Object.fromEntries(
    ['Azure.Core', 'DurableTask', 'Host.Triggers.DurableTask'].map((category) => [
      `AzureFunctionsJobHost__logging__logLevel__${category}`,
      level,
    ]),
  );

let tenant: TestTenant;
let local: Instance;
let real: RealHost;
let loud: RealHost;

beforeAll(async () => {
  tenant = await seedTenant('a0000000-0000-4000-8000-00000000000a');
  const env = {
    ...environment([tenant]),
    STATE_SIGNING_KEY: 'a key that survives the process: at least 32 bytes',
    TROUBLESHOOT_SECONDS: '3',
    // once an hour it would be in the way
    'AzureWebJobs.purge-jobs.Disabled': 'true',
  };
  local = await startLocalInstance({ dir: projectDir, env });
  if (hasExtension()) {
    [real, loud] = await Promise.all([
      startRealHost({ dir: projectDir, env }),
      startRealHost({ dir: projectDir, env: { ...env, ...levels('Information') } }),
    ]);
  }
});
afterAll(async () => {
  await Promise.all([local?.stop(), real?.stop(), loud?.stop()]);
});

const on = (instance: Instance): ServiceOn => ({ instance, token: tokenFor(tenant, ['security']) });

compare(diagnosisRows, (engine: EngineName) => on(engine === 'real' ? real : local), { atOnce: false });

/** Entries of the log that the Functions host would hand to Application Insights. */
const entriesOf = (host: RealHost) =>
  host.extension().lines.filter((line) => /^(?:trce|dbug|info|warn|fail|crit): /.test(line)).length;

async function entriesOfOne(host: RealHost): Promise<number> {
  const before = entriesOf(host);
  await diagnose(on(host));
  return entriesOf(host) - before;
}

it.skipIf(!hasExtension())(
  'the levels of host.json keep the log of a diagnosis short, and that of an idle host empty',
  async () => {
    const quietly = await entriesOfOne(real);
    const loudly = await entriesOfOne(loud);
    console.log(`${quietly} entries for a diagnosis with the levels of host.json, ${loudly} at Information`);
    expect(quietly).toBeGreaterThan(0);
    expect(quietly).toBeLessThan(250);
    expect(loudly).toBeGreaterThan(3 * quietly);
    const [idle, since] = [entriesOf(real), entriesOf(loud)];
    // as long as it takes the other one to write so many without anything to do
    await expect.poll(() => entriesOf(loud), { timeout: 200_000 }).toBeGreaterThan(since + 40);
    expect(entriesOf(real)).toBe(idle);
  },
);
