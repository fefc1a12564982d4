import { type Environment, text } from './read.ts';

export interface Where {
  /** The Functions host says that this is a developer's machine. */
  readonly development: boolean;
  /** Anything in the environment says that this runs in Azure. */
  readonly azure: boolean;
}

/** Set by App Service, Container Apps and managed identity, and by nothing on a developer's machine. */
const signsOfAzure = [
  'WEBSITE_INSTANCE_ID',
  'WEBSITE_SITE_NAME',
  'WEBSITE_OWNER_NAME',
  'WEBSITE_RESOURCE_GROUP',
  'WEBSITE_POD_NAME',
  'LEGION_SERVICE_HOST',
  'CONTAINER_APP_NAME',
  'IDENTITY_ENDPOINT',
  'MSI_ENDPOINT',
];

export function readWhere(env: Environment): Where {
  const host = text(env, 'WEBSITE_HOSTNAME');
  const publicHost = host !== undefined && !/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);
  return {
    development: text(env, 'AZURE_FUNCTIONS_ENVIRONMENT') === 'Development',
    azure: publicHost || signsOfAzure.some((name) => text(env, name) !== undefined),
  };
}
