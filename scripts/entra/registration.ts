import { randomUUID } from 'node:crypto';

/** What is read and written of an app registration (Microsoft Graph v1.0, resource type `application`). */
export interface Application {
  /** Object id. */
  readonly id: string;
  /** Client id. */
  readonly appId: string;
  readonly identifierUris: readonly string[];
  readonly appRoles: readonly AppRole[];
  readonly api: { readonly oauth2PermissionScopes: readonly Scope[] };
  readonly web: { readonly redirectUris: readonly string[] };
  readonly passwordCredentials: readonly Credential[];
  /** What tokens say that they would not say otherwise. */
  readonly optionalClaims?: { readonly accessToken?: readonly OptionalClaim[] } | null;
}

export interface OptionalClaim {
  readonly name: string;
  readonly essential?: boolean;
  readonly additionalProperties?: readonly string[];
}

export interface AppRole {
  readonly id: string;
  readonly value: string;
  readonly displayName: string;
  readonly description: string;
  readonly allowedMemberTypes: readonly string[];
  readonly isEnabled: boolean;
}

export interface Scope {
  readonly id: string;
  readonly value: string;
  readonly type: 'User' | 'Admin';
  readonly isEnabled: boolean;
  readonly adminConsentDisplayName: string;
  readonly adminConsentDescription: string;
  readonly userConsentDisplayName: string;
  readonly userConsentDescription: string;
}

export interface Credential {
  readonly keyId: string;
  readonly endDateTime: string;
}

/** What the registration of the API has to say. */
export interface WantedApi {
  readonly scopeName: string;
  readonly roles: readonly string[];
  /** Whether tokens have to say in which of the application's groups somebody is. */
  readonly withGroups: boolean;
  /** Addresses of the endpoints under a domain that the directory has verified; none under azure-api.net. */
  readonly endpoints: readonly string[];
  /** The service’s own registration, where people sign in at it. */
  readonly signInClientId: string | undefined;
  /** Client ids that need no consent of each user. */
  readonly preAuthorized: readonly string[];
}

/**
 * The changes in two steps: what is allowed to known clients names the scope, which has to exist before. Ids that are
 * there stay, because consents and assignments of customers hang on them, and so does what somebody added by hand.
 */
export function apiChanges(current: Application, wanted: WantedApi): readonly [object, object] {
  const scope = scopeOf(current, wanted.scopeName);
  const others = current.api.oauth2PermissionScopes.filter(({ value }) => value !== wanted.scopeName);
  const api = { requestedAccessTokenVersion: 2, oauth2PermissionScopes: [...others, scope] };
  return [
    {
      identifierUris: union(current.identifierUris, [`api://${current.appId}`, ...wanted.endpoints]),
      appRoles: rolesOf(current, wanted.roles),
      optionalClaims: claimsOf(current),
      // only the groups that are assigned to the application: all of somebody's would often be too many for a token
      ...(wanted.withGroups && { groupMembershipClaims: 'ApplicationGroup' }),
      api,
    },
    {
      api: {
        knownClientApplications: wanted.signInClientId === undefined ? [] : [wanted.signInClientId],
        preAuthorizedApplications: wanted.preAuthorized.map((appId) => ({
          appId,
          delegatedPermissionIds: [scope.id],
        })),
      },
    },
  ];
}

/** Who acts: a person or a program (with `idtyp` for users, too), an agent or not (Microsoft Entra Agent ID). */
const whoActs: readonly OptionalClaim[] = [
  { name: 'idtyp', essential: false, additionalProperties: ['include_user_token'] },
  ...['xms_idrel', 'xms_act_fct', 'xms_sub_fct', 'xms_tnt_fct', 'xms_par_app_azp'].map((name) => ({
    name,
    essential: false,
  })),
];

function claimsOf({ optionalClaims }: Application) {
  const others = (optionalClaims?.accessToken ?? []).filter(
    ({ name }) => !whoActs.some((wanted) => wanted.name === name),
  );
  return { ...optionalClaims, accessToken: [...others, ...whoActs] };
}

/** The changes of the service’s own registration: where people come back to, and what it asks for in their name. */
export function signInChanges(
  current: Application,
  api: { appId: string; scopeId: string },
  redirects: readonly string[],
): object {
  return {
    web: { redirectUris: union(current.web.redirectUris, redirects) },
    requiredResourceAccess: [
      { resourceAppId: api.appId, resourceAccess: [{ id: api.scopeId, type: 'Scope' }] },
    ],
  };
}

export function scopeOf(current: Application, name: string): Scope {
  const found = current.api.oauth2PermissionScopes.find(({ value }) => value === name);
  const what = 'Use the tools of this service in your name';
  return (
    found ?? {
      id: randomUUID(),
      value: name,
      type: 'User',
      isEnabled: true,
      adminConsentDisplayName: what,
      adminConsentDescription:
        'Lets an application call this service for a signed-in user, with the roles of that user.',
      userConsentDisplayName: what,
      userConsentDescription: 'Lets an application call this service for you, with your roles.',
    }
  );
}

function rolesOf({ appRoles }: Application, wanted: readonly string[]): readonly AppRole[] {
  const missing = wanted.filter((role) => !appRoles.some(({ value }) => value === role));
  return [
    ...appRoles,
    ...missing.map((role) => ({
      id: randomUUID(),
      value: role,
      displayName: role,
      description: `May do what the role "${role}" may do.`,
      allowedMemberTypes: ['User', 'Application'],
      isEnabled: true,
    })),
  ];
}

function union(ones: readonly string[], others: readonly string[]): readonly string[] {
  return [...new Set([...ones, ...others])];
}
