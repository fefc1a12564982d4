import { HostStartError } from '../../lib/errors.ts';
import { applyEnvironment, type Restore } from './environment.ts';
import { type HostJson, readHostJson } from './host-json.ts';
import { type LocalSettings, readLocalSettings } from './local-settings.ts';

/** The app's settings, after local.settings.json has been written to the environment of this process. */
export interface HostSettings {
  readonly local: LocalSettings;
  readonly hostJson: HostJson;
  /** What the log should say about them. */
  readonly notices: readonly string[];
  /** Takes back what was written to the environment. */
  readonly restore: Restore;
}

/**
 * Reads local.settings.json, host.json and the environment, in the precedence of the real tools: what is set in the environment
 * wins over local.settings.json, and `AzureFunctionsJobHost__*` from either wins over host.json.
 * Throws a HostStartError for a file or a setting that is wrong.
 */
export function loadSettings(dir: string): HostSettings {
  const local = readLocalSettings(dir);
  const fromFile = applyEnvironment(local.environment);
  const defaults = applyEnvironment({
    AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
    AzureWebJobsScriptRoot: dir,
    FUNCTIONS_WORKER_RUNTIME: 'node',
  });
  const restore = () => {
    defaults.restore();
    fromFile.restore();
  };
  try {
    refuseOtherRuntimes(process.env.FUNCTIONS_WORKER_RUNTIME);
    return {
      local,
      hostJson: readHostJson(dir, process.env),
      notices: fromFile.skipped.map(skipped),
      restore,
    };
  } catch (error) {
    restore();
    throw error;
  }
}

function skipped(name: string): string {
  return `Skipping '${name}' from local settings as it's already defined in current environment variables.`;
}

function refuseOtherRuntimes(runtime: string | undefined): void {
  if (runtime === undefined || runtime.toLowerCase() === 'node') {
    return;
  }
  throw new HostStartError(`FUNCTIONS_WORKER_RUNTIME is "${runtime}", and this host runs "node" only.`);
}
