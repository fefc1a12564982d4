import * as z from 'zod';
import type { TokenExchange } from '../downstream/options.ts';
import type { Entry } from '../identity/entry.ts';
import { type TenantId, tenantId } from '../identity/tenant.ts';
import type { EnterpriseIssuer } from '../sign-in/enterprise/issuer.ts';
import { ofItsOwn } from './of-its-own.ts';
import { type Environment, required, SettingsError, text } from './read.ts';

/** An organisation that this deployment serves. */
export interface TenantSettings {
  readonly slug: TenantId;
  /** Directory (tenant) ids of the identity provider whose users belong to it. */
  readonly tenantIds: readonly string[];
  readonly displayName: string;
  /** First segment of its public addresses; a service of one tenant needs none. */
  readonly route?: string;
  /** Identity providers whose assertions count for its people (enterprise-managed authorization). */
  readonly enterprise?: readonly EnterpriseIssuer[];
  /** Who exchanges tokens of this service's own for those of other services. */
  readonly exchange?: TokenExchange;
  /** Its own chat deployment or model, at the resource or server of the settings. */
  readonly model?: string;
  /**
   * Who of its directories may enter: then it is a business unit, to which not everybody of the directories belongs. Everybody
   * when left out.
   */
  readonly enter?: Entry;
  /** Above this a change needs a second person, in the unit of the business; by the setting APPROVE_ABOVE when left out. */
  readonly approveAbove?: number;
  /** What it has, by name, of all that the business offers; everything when left out. */
  readonly tools?: readonly string[];
}

/** As in the gateway's registry; the endpoints' own first segments are taken. */
const routeShape = /^(?!agentic$)[a-z][a-z0-9-]{0,60}[a-z0-9]$/;
const tenantsSchema = z
  .array(
    z.strictObject({
      slug: z.string(),
      tenantIds: z.array(z.guid()).min(1),
      displayName: z.string().min(1).max(100),
      route: z.string().regex(routeShape).optional(),
      ...ofItsOwn,
    }),
  )
  .min(1);

const example = '[{"slug":"acme","tenantIds":["<directory id>"],"displayName":"Acme"}]';

/** TENANTS, or a single tenant of the directory AAD_TENANT_ID. */
export function readTenants(env: Environment): readonly TenantSettings[] {
  const directory = text(env, 'AAD_TENANT_ID');
  if (directory !== undefined && text(env, 'TENANTS') === undefined) {
    return [singleTenant(directory)];
  }
  const value = required(env, 'TENANTS', `a JSON list such as ${example}`);
  // read once: to compile a parser for it would take longer
  const parsed = tenantsSchema.safeParse(parseJson(value), { jitless: true });
  if (!parsed.success) {
    const where = parsed.error.issues
      .map((issue) => `${issue.path.join('.') || 'the list'}: ${issue.message}`)
      .join('; ');
    throw new SettingsError(`TENANTS is not right (${where}); it must be a JSON list such as ${example}.`);
  }
  const tenants = parsed.data.map(
    ({ route, enterprise, exchange, model, enter, approveAbove, tools, ...tenant }) => ({
      ...tenant,
      ...(route !== undefined && { route }),
      ...(enterprise !== undefined && { enterprise }),
      ...(exchange !== undefined && { exchange }),
      ...(model !== undefined && { model }),
      ...(enter !== undefined && { enter }),
      ...(approveAbove !== undefined && { approveAbove }),
      ...(tools !== undefined && { tools }),
      slug: checkedSlug(tenant.slug),
      tenantIds: tenant.tenantIds.map((id) => id.toLowerCase()),
    }),
  );
  refuseDoubles(
    'slug',
    tenants.map((tenant) => tenant.slug),
  );
  refuseDoubles(
    'route',
    tenants.flatMap((tenant) => tenant.route ?? []),
  );
  refuseDoubles(
    'directory id',
    tenants.flatMap((tenant) => tenant.tenantIds),
  );
  return tenants;
}

function singleTenant(directory: string): TenantSettings {
  if (!z.guid().safeParse(directory).success) {
    throw new SettingsError(`AAD_TENANT_ID is "${directory}"; it must be a directory id, a GUID.`);
  }
  return { slug: tenantId('main'), tenantIds: [directory.toLowerCase()], displayName: 'Main' };
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw new SettingsError(`TENANTS is not JSON; it must be a list such as ${example}.`);
  }
}

/** Entries of the audit trail that belong to no tenant are kept under this name. */
const reservedSlug = 'platform';

function checkedSlug(slug: string): TenantId {
  if (slug === reservedSlug) {
    throw new SettingsError(`TENANTS has the slug "${slug}", which is reserved; choose another.`);
  }
  try {
    return tenantId(slug);
  } catch (error) {
    throw new SettingsError(`TENANTS has a wrong slug: ${(error as Error).message}`);
  }
}

/**
 * A directory that belonged to two tenants would let one see the other's data. Business units of one directory have backends of
 * their own: which one a caller came in by must follow from these settings, not from the request.
 */
function refuseDoubles(what: string, values: readonly string[]): void {
  const double = values.find((value, index) => values.indexOf(value) !== index);
  if (double !== undefined) {
    throw new SettingsError(`TENANTS names the ${what} ${double} twice; each may appear once.`);
  }
}
