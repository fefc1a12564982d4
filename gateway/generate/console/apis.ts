import { consoleTemplates } from '../../console.ts';
import type { ApiDescription } from '../../language/bundle.ts';
import type { RegisteredTenant } from '../../registry.ts';
import { hasOwnServer } from '../../sign-in.ts';
import { signInApiFile } from '../sign-in/apis.ts';

export const consolePageFile = 'operations/console-page.xml';
export const consoleFileFile = 'operations/console-file.xml';
export const consolesFile = 'operations/consoles.xml';

/** The consoles of the tenants that have a sign-in of their own, and the page at the root that names them. */
export function consoleApis(tenants: readonly RegisteredTenant[]): readonly ApiDescription[] {
  const served = tenants.filter(hasOwnServer);
  return served.length === 0 ? [] : [...served.map(consoleApi), rootApi];
}

function consoleApi(tenant: RegisteredTenant): ApiDescription {
  return {
    id: `${tenant.route}-console`,
    displayName: `${tenant.displayName} console`,
    path: `${tenant.route}/console`,
    subscriptionRequired: false,
    // as open as the sign-in, and counted with it
    policy: signInApiFile(tenant),
    operations: consoleTemplates.map((urlTemplate) => ({
      id: urlTemplate === '/' ? 'page' : urlTemplate.slice(1).replace('.', '-'),
      method: 'GET',
      urlTemplate,
      policy: urlTemplate === '/' ? consolePageFile : consoleFileFile,
    })),
  };
}

const rootApi: ApiDescription = {
  id: 'root',
  displayName: 'Consoles',
  path: '',
  subscriptionRequired: false,
  operations: [{ id: 'consoles', method: 'GET', urlTemplate: '/', policy: consolesFile }],
};
