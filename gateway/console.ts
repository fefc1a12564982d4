import { consolePaths } from '#platform/console/files';
import { consolePath } from '#platform/sign-in/console-path';
import type { RegisteredTenant } from './registry.ts';
import { hasOwnServer, signInBase } from './sign-in.ts';

/** Path, after the gateway's address, of a tenant's console. */
export function consoleBase(tenant: RegisteredTenant): string {
  return `${signInBase(tenant)}${consolePath}`;
}

/** What is asked below a console's path: the page is at the path itself. */
export const consoleTemplates: readonly string[] = consolePaths.map(
  (path) => path.slice(consolePath.length) || '/',
);

/** Method and address of all that the gateway passes on of the consoles, and of the page that names them. */
export function consoleAddresses(tenants: readonly RegisteredTenant[]): readonly string[] {
  const served = tenants.filter(hasOwnServer);
  return served.length === 0
    ? []
    : [
        'GET /',
        ...served.flatMap((tenant) =>
          consoleTemplates.map((template) => `GET ${consoleBase(tenant)}${template}`),
        ),
      ];
}
