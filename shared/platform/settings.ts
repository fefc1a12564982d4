import type { PermissionTable } from './access/roles.ts';
import type { ModelOptions } from './experts/models/options.ts';
import { loopbackNames } from './identity/loopback.ts';
import { type AuthSettings, applyAllowedTenants, readAuth } from './settings/auth.ts';
import { type ConfirmationSettings, readConfirmation } from './settings/confirmation.ts';
import { type ExpertSettings, readExperts } from './settings/experts.ts';
import { type JobSettings, readJobs } from './settings/jobs.ts';
import { readModel } from './settings/model.ts';
import { choice, type Environment, list, SettingsError, text } from './settings/read.ts';
import { readTelemetry } from './settings/telemetry.ts';
import { readTenants, type TenantSettings } from './settings/tenants.ts';
import { readWhere, type Where } from './settings/where.ts';
import type { TelemetryOptions } from './telemetry/export/options.ts';
import { type LogLevel, logLevels } from './telemetry/log.ts';

/** What a deployment can choose, whatever its business. */
export interface PlatformSettings {
  readonly where: Where;
  readonly auth: AuthSettings;
  readonly tenants: readonly TenantSettings[];
  /** Connection string, or account URL that is used with the managed identity. */
  readonly dataStorage: string;
  /** Address under which clients reach the service, without a trailing slash; the gateway's when there is one. */
  readonly publicBaseUrl: string;
  /** Host names that requests may be addressed to. */
  readonly allowedHosts: readonly string[];
  /** Host names of web pages that may call. */
  readonly allowedOrigins: readonly string[];
  /** Secrets that the gateway shows; empty when clients may come directly. */
  readonly gatewayKeys: readonly string[];
  /** What the experts think with. */
  readonly model: ModelOptions;
  readonly experts: ExpertSettings;
  readonly jobs: JobSettings;
  readonly confirmation: ConfirmationSettings;
  readonly logLevel: LogLevel;
  readonly telemetry: TelemetryOptions;
}

/** What settings know of a business. */
export interface NamedBusiness {
  /** Letters and digits. */
  readonly name: string;
  readonly permissionTable: PermissionTable;
}

/**
 * Reads and checks the environment.
 * @param business whose roles may have other names in tokens, and whose name telemetry has
 * @throws SettingsError at the first setting that is missing, wrong or unsafe
 */
export function readPlatformSettings(env: Environment, business: NamedBusiness): PlatformSettings {
  const where = readWhere(env);
  const publicBaseUrl = readPublicBaseUrl(env);
  const ownHost = text(env, 'WEBSITE_HOSTNAME')?.replace(/:\d+$/, '');
  const local = where.development && !where.azure ? loopbackNames : [];
  return {
    where,
    auth: readAuth(env, where, business.permissionTable, Object.values(endpointsOf(publicBaseUrl))),
    tenants: applyAllowedTenants(env, readTenants(env)),
    dataStorage: readDataStorage(env),
    publicBaseUrl,
    allowedHosts: unique([
      new URL(publicBaseUrl).hostname,
      ...(ownHost ? [ownHost] : []),
      ...list(env, 'ALLOWED_HOSTS'),
      ...local,
    ]),
    allowedOrigins: unique([...list(env, 'ALLOWED_ORIGINS'), ...local]),
    gatewayKeys: readGatewayKeys(env),
    model: readModel(env),
    experts: readExperts(env),
    jobs: readJobs(env),
    confirmation: readConfirmation(env, where),
    logLevel: choice(env, 'LOG_LEVEL', logLevels) ?? 'info',
    telemetry: readTelemetry(env, `${business.name}-mcp`),
  };
}

/** The addresses of the MCP endpoints; each is an OAuth protected resource of its own (RFC 9728). */
export function endpointsOf(publicBaseUrl: string): { readonly mcp: string; readonly agentic: string } {
  return { mcp: `${publicBaseUrl}/mcp`, agentic: `${publicBaseUrl}/agentic/mcp` };
}

function readPublicBaseUrl(env: Environment): string {
  const value = text(env, 'PUBLIC_BASE_URL') ?? defaultBaseUrl(env);
  if (value.endsWith('/')) {
    throw new SettingsError(`PUBLIC_BASE_URL is "${value}"; it must not end with a slash.`);
  }
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw new SettingsError(
      `PUBLIC_BASE_URL is "${value}"; it must be an address such as https://mcp.example.com.`,
    );
  }
  const { protocol, hostname } = new URL(value);
  if (protocol === 'http:' && !loopbackNames.includes(hostname)) {
    throw new SettingsError(
      `PUBLIC_BASE_URL is "${value}"; outside this machine it must begin with https://.`,
    );
  }
  return value;
}

const leastGatewayKeyLength = 32;

function readGatewayKeys(env: Environment): readonly string[] {
  const keys = list(env, 'GATEWAY_KEY');
  if (keys.some((key) => key.length < leastGatewayKeyLength)) {
    throw new SettingsError(
      `GATEWAY_KEY has a key that is too short; each must be a secret of at least ${leastGatewayKeyLength} characters, comma-separated while one is being replaced.`,
    );
  }
  return keys;
}

/** App Service sets WEBSITE_HOSTNAME, and so do Core Tools and the local host. */
function defaultBaseUrl(env: Environment): string {
  const host = text(env, 'WEBSITE_HOSTNAME') ?? 'localhost:7071';
  return `${loopbackNames.includes(host.replace(/:\d+$/, '')) ? 'http' : 'https'}://${host}`;
}

function readDataStorage(env: Environment): string {
  const value = text(env, 'DATA_STORAGE') ?? text(env, 'AzureWebJobsStorage');
  if (value === undefined) {
    throw new SettingsError(
      'DATA_STORAGE is not set; it must be a storage connection string or an account URL such as https://NAME.table.core.windows.net.',
    );
  }
  return value;
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
