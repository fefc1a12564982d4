import os from 'node:os';
import { HostStartError } from '../../lib/errors.ts';
import type { ExtensionContext } from '../extension.ts';
import { isObject } from '../settings/json-file.ts';
import { parseTimeSpan } from '../time-span.ts';

/** The part of `extensions.durableTask` in host.json that the local engine acts on. */
export interface DurableSettings {
  readonly hub: string;
  /** A connection string or account URL; undefined keeps everything in memory. */
  readonly storage: string | undefined;
  /** The app setting that `storage` comes from. */
  readonly storageSetting: string;
  readonly maxConcurrentActivities: number;
  readonly maxConcurrentOrchestrators: number;
}

const HUB_NAME = /^[A-Za-z][A-Za-z0-9]{2,44}$/;
const DEFAULT_HUB = 'TestHubName';

/** Throws a HostStartError for a setting that is wrong. */
export function durableSettings(
  { settings, resolve }: Pick<ExtensionContext, 'settings' | 'resolve'>,
  environment: NodeJS.ProcessEnv,
): DurableSettings {
  const provider = isObject(settings.storageProvider) ? settings.storageProvider : {};
  const storageSetting = String(provider.connectionName ?? 'AzureWebJobsStorage');
  const hub = resolve(String(settings.hubName ?? environment.WEBSITE_SITE_NAME ?? DEFAULT_HUB));
  if (!HUB_NAME.test(hub)) {
    throw new HostStartError(
      `"extensions.durableTask.hubName" in host.json is "${hub}", and must have 3 to 45 letters and digits, a letter first.`,
    );
  }
  checkVisibility(provider);
  // As the extension: ten per processor.
  const concurrency = 10 * os.availableParallelism();
  return {
    hub,
    storage: environment[storageSetting] || undefined,
    storageSetting,
    maxConcurrentActivities: count(settings, 'maxConcurrentActivityFunctions', concurrency),
    maxConcurrentOrchestrators: count(settings, 'maxConcurrentOrchestratorFunctions', concurrency),
  };
}

const MINUTE = 60_000;
const CONTROL_VISIBILITY = 'controlQueueVisibilityTimeout';

/**
 * There are no queues here, but a host whose control queues have another value does not start in Azure (extension 3.19.0); the
 * queue of work items takes less than a minute. Until a message is visible again, what an instance that died was doing stands still.
 */
function checkVisibility(provider: Readonly<Record<string, unknown>>): void {
  const value = provider[CONTROL_VISIBILITY];
  if (value === undefined) {
    return;
  }
  const time = parseTimeSpan(String(value));
  if (time === undefined || time < MINUTE || time > 60 * MINUTE) {
    throw new HostStartError(
      `"extensions.durableTask.storageProvider.${CONTROL_VISIBILITY}" in host.json is ${JSON.stringify(value)}, and must be from "00:01:00" to "01:00:00".`,
    );
  }
}

function count(settings: Readonly<Record<string, unknown>>, name: string, fallback: number): number {
  if (settings[name] === undefined) {
    return fallback;
  }
  const value = Number(settings[name]);
  if (!Number.isInteger(value) || value < 1) {
    throw new HostStartError(
      `"extensions.durableTask.${name}" in host.json is ${JSON.stringify(settings[name])}, and must be a whole number from 1.`,
    );
  }
  return value;
}
