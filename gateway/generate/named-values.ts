import type { Registry } from '../registry.ts';
import { hasOwnServer } from '../sign-in.ts';
import { frameHostName, noFrameHost } from './console/frame-host.ts';
import { type Exposure, ownExposure } from './exposure.ts';
import { notice } from './xml.ts';

export interface NamedValueDescription {
  readonly description: string;
  readonly example: string;
  /** Kept in a key vault; never shown. */
  readonly secret: boolean;
  /** Id of the backend whose address it is: nobody gives it, a deployment takes it from its backends. */
  readonly addressOf?: string;
}

/** Names of the values that hold a plan's limits. */
export function planNames(plan: string): { readonly tenantCalls: string; readonly userCalls: string } {
  return { tenantCalls: `plan-${plan}-tenant-calls`, userCalls: `plan-${plan}-user-calls` };
}

/** Name of the value that says how a role is called in tokens. */
export function roleName(role: string): string {
  return `role-${role}`;
}

/**
 * Name of the value that holds a backend's address, without a slash at its end: an expression can choose a backend, but
 * not read where it is.
 */
export function backendUrlName(backend: string): string {
  return `backend-url-${backend}`;
}

function open(description: string, example: string): NamedValueDescription {
  return { description, example, secret: false };
}

const fixed: Readonly<Record<string, NamedValueDescription>> = {
  'public-base-url': open(
    'Address under which clients reach the gateway; no slash at its end.',
    'https://mcp.contoso.example',
  ),
  authority: open(
    'Address of the identity provider; no slash at its end.',
    'https://login.microsoftonline.com',
  ),
  'api-audience': open(
    'The aud claim of v2 access tokens: client id of the API’s app registration.',
    '11111111-2222-4333-8444-555555555555',
  ),
  'scope-name': open(
    'Name of the delegated scope; clients ask for it behind the address of the endpoint and a slash.',
    'mcp.access',
  ),
  'allowed-origin': open(
    'Origin of the web page that may call from a browser.',
    'https://app.contoso.example',
  ),
  [frameHostName]: open(
    `Host name of the gateway that is set aside for the frames of cards; ${noFrameHost} where there is none.`,
    noFrameHost,
  ),
  'backend-key': {
    description: 'What the gateway shows the backends in X-Gateway-Key; the backends’ setting GATEWAY_KEY.',
    example: 'a Key Vault reference',
    secret: true,
  },
};

/** Of what is asked without a token; used where a backend is its tenant's authorization server. */
const ofSignIn: Readonly<Record<string, NamedValueDescription>> = {
  'sign-in-address-calls': open(
    'Requests a minute to the sign-in of one tenant from one address; more where many people share an address, as behind a proxy of their company.',
    '300',
  ),
  'sign-in-tenant-calls': open('Requests a minute to the sign-in of one tenant.', '3000'),
};

/** Every named value that the policies use. */
export function describeNamedValues(
  { plans, tenants }: Registry,
  { permissionTable }: Pick<Exposure, 'permissionTable'> = ownExposure,
): Readonly<Record<string, NamedValueDescription>> {
  const ofRoles = Object.keys(permissionTable).map((role) => [
    roleName(role),
    open(`Value of the app role that grants what "${role}" may do.`, role),
  ]);
  const ofPlans = Object.entries(plans).flatMap(([plan, limits]) => {
    const { tenantCalls, userCalls } = planNames(plan);
    const per = (who: string) => `Calls a minute of one ${who} on the plan "${plan}".`;
    return [
      [tenantCalls, open(per('tenant'), String(limits.tenantCallsPerMinute))],
      [userCalls, open(per('user'), String(limits.userCallsPerMinute))],
    ];
  });
  const ofBackends = tenants.map(({ backend }) => [
    backendUrlName(backend),
    {
      ...open(
        `Address of the backend "${backend}"; taken from the deployment's backends.`,
        `https://${backend}.example`,
      ),
      addressOf: backend,
    },
  ]);
  const ofRegistry = [...ofRoles, ...ofPlans, ...ofBackends];
  return {
    ...fixed,
    ...(tenants.some(hasOwnServer) ? ofSignIn : {}),
    ...Object.fromEntries(ofRegistry),
  };
}

/** The named values that follow from the backends' addresses. */
export function backendUrls(backends: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(backends).map(([id, address]) => [backendUrlName(id), address.replace(/\/$/, '')]),
  );
}

/** The document that a deployment creates the named values from. */
export function namedValuesJson(registry: Registry, exposure: Exposure): string {
  return `${JSON.stringify({ generated: notice, namedValues: describeNamedValues(registry, exposure) }, null, 2)}\n`;
}
