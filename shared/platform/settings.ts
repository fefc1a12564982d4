import type { PermissionTable } from './access/roles.ts';
import type { DownstreamOptions } from './downstream/options.ts';
import type { ModelOptions } from './experts/models/options.ts';
import { loopbackNames } from './identity/loopback.ts';
import { type ApprovalSettings, readApprovals } from './settings/approvals.ts';
import { type AuthSettings, applyAllowedTenants, readAuth, readAuthMode } from './settings/auth.ts';
import { type ConfirmationSettings, readConfirmation } from './settings/confirmation.ts';
import { readFrameOrigin } from './settings/console.ts';
import { readDownstream } from './settings/downstream.ts';
import { checkEnterprise } from './settings/enterprise.ts';
import { type ExpertSettings, readExperts } from './settings/experts.ts';
import { readHostPort } from './settings/host-port.ts';
import { type JobSettings, readJobs } from './settings/jobs.ts';
import { keyRing } from './settings/keys.ts';
import { readModel } from './settings/model.ts';
import { choice, type Environment, list, SettingsError, text } from './settings/read.ts';
import { type RetentionSettings, readRetention } from './settings/retention.ts';
import { readSignIn } from './settings/sign-in.ts';
import { readTelemetry } from './settings/telemetry.ts';
import { readTenants, type TenantSettings } from './settings/tenants.ts';
import { readTrailSettings, type TrailSettings } from './settings/trail.ts';
import { readWhere, type Where } from './settings/where.ts';
import type { SignInOptions } from './sign-in/options.ts';
import type { TenantSite } from './sign-in/tenant-site.ts';
import type { TelemetryOptions } from './telemetry/export/options.ts';
import { type LogLevel, logLevels } from './telemetry/log.ts';

/** What a deployment can choose, whatever its business. */
export interface PlatformSettings {
  readonly where: Where;
  readonly auth: AuthSettings;
  /** How people come to a token; undefined in the modes that verify nobody. */
  readonly signIn: SignInOptions | undefined;
  /** How calls act for their users at other services; undefined where they do not. */
  readonly downstream: DownstreamOptions | undefined;
  readonly tenants: readonly TenantSettings[];
  /** Connection string, or account URL that is used with the managed identity. */
  readonly dataStorage: string;
  /** Address under which clients reach the service, without a trailing slash; the gateway's when there is one. */
  readonly publicBaseUrl: string;
  /** Host names that requests may be addressed to. */
  readonly allowedHosts: readonly string[];
  /** Host names of web pages that may call. */
  readonly allowedOrigins: readonly string[];
  /** Origin of the frames that the console shows cards in; undefined where it is nobody's. */
  readonly frameOrigin: string | undefined;
  /** Secrets that the gateway shows; empty when clients may come directly. */
  readonly gatewayKeys: readonly string[];
  /** The language model of the experts. */
  readonly model: ModelOptions;
  readonly experts: ExpertSettings;
  readonly jobs: JobSettings;
  readonly retention: RetentionSettings;
  readonly trail: TrailSettings;
  readonly confirmation: ConfirmationSettings;
  /** Where the Functions host of this process listens; undefined when the environment does not say so. */
  readonly hostPort: number | undefined;
  readonly approvals: ApprovalSettings;
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
  const isLocal = where.development && !where.azure;
  const ownHosts = [
    new URL(publicBaseUrl).hostname,
    // on one machine that is a name of it as the others
    ...(ownHost && !isLocal ? [ownHost] : []),
    ...list(env, 'ALLOWED_HOSTS'),
  ];
  const frameOrigin = readFrameOrigin(env, ownHosts);
  const frameHost = frameOrigin && new URL(frameOrigin).hostname;
  const local = isLocal ? loopbackNames.filter((name) => name !== frameHost) : [];
  readAuthMode(env); // what is wrong with it is said first
  const tenants = applyAllowedTenants(env, readTenants(env));
  const endpoints = [publicBaseUrl, ...tenants.map((tenant) => tenantBaseUrl(publicBaseUrl, tenant))].flatMap(
    (base) => Object.values(endpointsOf(base)),
  );
  const auth = readAuth(env, where, business.permissionTable, unique(endpoints));
  const confirmation = readConfirmation(env, where);
  const model = readModel(env);
  const signIn = readSignIn(env, { auth, tenants, signingKeys: confirmation.signingKeys });
  checkEnterprise(tenants, { where, roles: auth.roles.all, signIn });
  return {
    where,
    auth,
    signIn,
    downstream: readDownstream(env, where, auth, tenants),
    tenants,
    dataStorage: readDataStorage(env),
    publicBaseUrl,
    allowedHosts: unique([...ownHosts, ...local]),
    allowedOrigins: unique([...list(env, 'ALLOWED_ORIGINS'), ...local]),
    frameOrigin,
    gatewayKeys: keyRing(env, 'GATEWAY_KEY') ?? [],
    model,
    experts: readExperts(env, model, tenants),
    jobs: readJobs(env),
    retention: readRetention(env),
    trail: readTrailSettings(env),
    confirmation,
    hostPort: readHostPort(env),
    approvals: readApprovals(env, tenants),
    logLevel: choice(env, 'LOG_LEVEL', logLevels) ?? 'info',
    telemetry: readTelemetry(env, `${business.name}-mcp`),
  };
}

/** The addresses of the MCP endpoints; each is an OAuth protected resource of its own (RFC 9728). */
export function endpointsOf(publicBaseUrl: string): { readonly mcp: string; readonly agentic: string } {
  return { mcp: `${publicBaseUrl}/mcp`, agentic: `${publicBaseUrl}/agentic/mcp` };
}

/** A tenant's public address, without a trailing slash: its route below the host of the service, or the service's own. */
export function tenantBaseUrl(
  publicBaseUrl: string,
  { route }: { readonly route?: string | undefined },
): string {
  return route === undefined ? publicBaseUrl : `${new URL(publicBaseUrl).origin}/${route}`;
}

/** What each tenant's people sign in to. */
export function tenantSites({
  tenants,
  publicBaseUrl,
}: Pick<PlatformSettings, 'tenants' | 'publicBaseUrl'>): readonly TenantSite[] {
  return tenants.map(({ slug, displayName, tenantIds, enter, route }) => {
    const base = tenantBaseUrl(publicBaseUrl, { route });
    const resources = [base, publicBaseUrl].flatMap((each) => Object.values(endpointsOf(each)));
    return { slug, displayName, tenantIds, enter, route, base, resources: unique(resources) };
  });
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
