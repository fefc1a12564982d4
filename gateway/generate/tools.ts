import { troubleShootDevice } from '#contoso/diagnosis/trouble-shoot-device';
import { domainDefinitions } from '#contoso/experts/domains';
import { businessTools } from '#contoso/tools/index';
import type { Permission } from '#platform/access/permissions';

export interface GatewayTool {
  readonly name: string;
  readonly permission: Permission;
}

/** Only the definition is wanted here; nothing calls the tool. */
const diagnosis = troubleShootDevice(() => {
  throw new Error('The gateway has no jobs.');
});

/** Every tool that can be called through the gateway, at either endpoint. */
export const gatewayTools: readonly GatewayTool[] = [
  ...businessTools.map(({ name, permission }) => ({ name, permission })),
  ...Object.values(domainDefinitions).map(
    ({ askTool }): GatewayTool => ({ name: askTool, permission: 'experts.ask' }),
  ),
  { name: diagnosis.name, permission: diagnosis.permission },
];
