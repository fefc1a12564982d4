import type { TenantId } from '#platform/identity/tenant';
import { createLogger } from '#platform/telemetry/log';
import { type App, createApp } from '../../shared/app.ts';
import { readSettings } from '../../shared/settings.ts';
import type { Message } from './messages.ts';

/** Seeded data of one tenant. */
export interface SeededStorage {
  readonly dataStorage: string;
  readonly tenant: TenantId;
}

const directoryId = 'c0000000-0000-4000-8000-000000000001';

/**
 * The whole app of this process over that storage.
 * @param mode `passthrough` reads the roles of unsigned tokens; `disabled` lets everybody do everything
 */
export function openApp(
  { dataStorage, tenant }: SeededStorage,
  mode: 'passthrough' | 'disabled',
): Promise<App> {
  const settings = readSettings({
    AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
    DATA_STORAGE: dataStorage,
    AzureWebJobsStorage: dataStorage,
    AUTH_MODE: mode,
    TENANTS: JSON.stringify([{ slug: tenant, tenantIds: [directoryId], displayName: 'Bench' }]),
  });
  return createApp({ settings, logger: createLogger('error', () => new Date()) });
}

/** A message as a request to an endpoint of this process. */
export function requestOf(message: Message, headers: Readonly<Record<string, string>> = {}): Request {
  return new Request('http://localhost/mcp', {
    method: 'POST',
    headers: { ...message.headers, ...headers, host: 'localhost' },
    body: message.body,
  });
}
