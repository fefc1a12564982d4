import { afterEach } from 'vitest';
import type { EngineName } from './compare.ts';
import { type Instance, type InstanceSettings, startLocalInstance } from './instance.ts';
import { startRealHost } from './real-host.ts';

/** Starts an instance on one of the engines; it ends with the test. */
export type StartInstance = (settings?: InstanceSettings) => Promise<Instance>;

/** What begins the name of a variable that stands for a member of `storageProvider` in host.json. */
export const provider = 'AzureFunctionsJobHost__extensions__durableTask__storageProvider__';

/** What host.json of the product has, and less log. */
const env = {
  AzureFunctionsJobHost__logging__logLevel__default: 'Warning',
  [`${provider}maxQueuePollingInterval`]: '00:00:05',
  [`${provider}workItemQueueVisibilityTimeout`]: '00:01:00',
  [`${provider}controlQueueVisibilityTimeout`]: '00:01:00',
};

/** For a test file whose rows start the instances that they need. */
export function instancesOf(): (engine: EngineName) => StartInstance {
  const running: Instance[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((instance) => instance.stop()));
  });
  return (engine) => async (settings) => {
    const start = engine === 'real' ? startRealHost : startLocalInstance;
    const instance = await start({
      statusTimeoutMs: 200_000,
      ...settings,
      env: { ...env, ...settings?.env },
    });
    running.push(instance);
    return instance;
  };
}
