import type { ApiDescription, OperationDescription } from '../../language/bundle.ts';
import type { RegisteredTenant } from '../../registry.ts';
import { hasOwnServer, operationsOf, type SignInOperation, serverMetadataNames } from '../../sign-in.ts';

export function signInApiFile({ slug }: RegisteredTenant): string {
  return `sign-in-${slug}.xml`;
}

export function signInOperationFile({ name }: SignInOperation): string {
  return `operations/sign-in-${name}.xml`;
}

export function serverMetadataFile({ slug }: RegisteredTenant): string {
  return `operations/server-metadata-${slug}.xml`;
}

/** The APIs of the authorization servers, and those of their metadata's places between host and path. */
export function signInApis(tenants: readonly RegisteredTenant[]): readonly ApiDescription[] {
  const served = tenants.filter(hasOwnServer);
  return served.length === 0
    ? []
    : [...served.map(signInApi), ...serverMetadataNames.map((name) => rootApi(name, served))];
}

/** The places below the tenant's own path are operations of its API. */
export function serverMetadataOperations(tenant: RegisteredTenant): readonly OperationDescription[] {
  return hasOwnServer(tenant)
    ? serverMetadataNames.map((name) => ({
        id: `${tenant.slug}-${name}`,
        method: 'GET',
        urlTemplate: `/.well-known/${name}`,
        policy: serverMetadataFile(tenant),
      }))
    : [];
}

function signInApi(tenant: RegisteredTenant): ApiDescription {
  return {
    id: `${tenant.route}-sign-in`,
    displayName: `${tenant.displayName} sign-in`,
    path: `${tenant.route}/oauth`,
    subscriptionRequired: false,
    policy: signInApiFile(tenant),
    operations: operationsOf(tenant).map((operation) => ({
      id: operation.name,
      method: operation.method,
      urlTemplate: `/${operation.name}`,
      policy: signInOperationFile(operation),
    })),
  };
}

function rootApi(name: string, served: readonly RegisteredTenant[]): ApiDescription {
  return {
    id: name,
    displayName: `Authorization server metadata (${name})`,
    path: `.well-known/${name}`,
    subscriptionRequired: false,
    operations: served.map((tenant) => ({
      id: `${tenant.slug}-${name}`,
      method: 'GET',
      urlTemplate: `/${tenant.route}`,
      policy: serverMetadataFile(tenant),
    })),
  };
}
