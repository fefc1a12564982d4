import { createLogger } from '#platform/telemetry/log';
import { bulkWrite } from '../../seed/writing/bulk.ts';
import type { Dataset } from '../../seed/writing/dataset.ts';
import { type App, createApp } from '../../shared/app.ts';
import { readSettings } from '../../shared/settings.ts';
import { type Authority, startAuthority } from '../support/authority.ts';
import { freshTenant, testStorage } from '../support/azurite.ts';
import { environment, type TestTenant } from '../support/service.ts';
import { smallDataset } from '../support/small-dataset.ts';
import { apiClientId } from '../support/token-claims.ts';
import { type Door, doorOf } from './door.ts';

export const signingKey = 'a secret of the tests that is longer than 32 bytes';

/** The service under attack: real signatures, two tenants with data of their own, and its identity provider. */
export interface Target extends Door {
  readonly app: App;
  readonly authority: Authority;
  readonly tenants: readonly [TestTenant, TestTenant];
  /** What it has logged, at every level. */
  readonly logLines: readonly string[];
  /** Another instance of the service with these settings on top, on the same data. */
  instance(env: Readonly<Record<string, string>>): Promise<Door & { readonly app: App }>;
  stop(): Promise<void>;
}

export interface TargetOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Data of the two tenants; the small company for both unless given. */
  readonly data?: readonly [Dataset, Dataset];
}

const directoryIds = [
  'a0000000-0000-4000-8000-00000000000a',
  'b0000000-0000-4000-8000-00000000000b',
] as const;

/** A directory that nobody onboarded. */
export const strangerTid = 'f0000000-0000-4000-8000-00000000000f';

export async function startTarget(options: TargetOptions = {}): Promise<Target> {
  const { env = {}, data = [smallDataset, smallDataset] } = options;
  const authority = await startAuthority();
  const tenants = await Promise.all([
    seed(directoryIds[0], data[0]),
    seed(directoryIds[1], data[1]),
  ] as const);
  const logLines: string[] = [];
  const instance = async (more: Readonly<Record<string, string>>) => {
    const settings = readSettings({ ...targetEnvironment(authority, tenants), ...env, ...more });
    const logger = createLogger(
      'debug',
      () => new Date(),
      (line) => logLines.push(line),
    );
    const app = await createApp({ settings, logger });
    return { app, ...doorOf(app) };
  };
  return {
    ...(await instance({})),
    authority,
    tenants,
    logLines,
    instance,
    stop: authority.stop,
  };
}

/** Settings of a service that verifies the authority's tokens for these tenants. */
export function targetEnvironment(
  authority: Authority,
  tenants: readonly TestTenant[],
): Record<string, string> {
  return {
    ...environment(tenants),
    AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
    AUTH_MODE: 'jwt',
    AUTHORITY: authority.url,
    MCP_API_AUDIENCE: `${apiClientId},api://${apiClientId}`,
    STATE_SIGNING_KEY: signingKey,
  };
}

async function seed(tid: string, data: Dataset): Promise<TestTenant> {
  const slug = freshTenant();
  await bulkWrite(await testStorage(), slug, data);
  return { slug, tid, data };
}
