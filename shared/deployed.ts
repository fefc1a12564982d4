import { contoso } from '#contoso/business';

/**
 * The business that is deployed: the app, its settings, the gateway's policies, the generated documents, the doctor and
 * the local stack serve whatever stands here. What the stack fills its storage with stands in `seed/deployed.ts`.
 */
export const deployed = contoso;

/** What a deployment chose about the business. */
export type DeployedPolicy = ReturnType<typeof deployed.readPolicy>;
