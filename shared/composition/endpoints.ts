import type { SwitchBoard } from '#platform/access/switch-board';
import type { Authenticate } from '#platform/identity/authenticator';
import { fromGateway } from '#platform/identity/gateway-key';
import { metadataUrl } from '#platform/identity/resource-metadata';
import type { TenantId } from '#platform/identity/tenant';
import { createEndpoint, type Endpoint, type Refusal } from '#platform/mcp/endpoint';
import type { OpenRequests } from '#platform/mcp/open-requests';
import type { Surface } from '#platform/mcp/surface';
import { traced } from '#platform/mcp/traced';
import type { PlatformSettings } from '#platform/settings';
import type { SignInProvider } from '#platform/sign-in/provider';
import type { sessionMailboxes } from '#platform/storage/session-mailbox';
import type { Logger } from '#platform/telemetry/log';
import { onlyOf } from './tenant-endpoints.ts';

export interface Surroundings {
  readonly settings: PlatformSettings;
  readonly signIn: SignInProvider | undefined;
  readonly authenticate: Authenticate;
  readonly mailboxOf: ReturnType<typeof sessionMailboxes>;
  readonly switches: SwitchBoard;
  readonly refused: (refusal: Refusal) => void;
  readonly open: OpenRequests;
  /** Aborts when calls that are still open must be answered. */
  readonly unfinished: AbortSignal;
  readonly now: () => Date;
  readonly logger: Logger;
}

/** What all endpoints have in common. */
export function endpoints({
  settings,
  signIn,
  authenticate,
  mailboxOf,
  switches,
  refused,
  open,
  unfinished,
  now,
  logger,
}: Surroundings) {
  const { signingKeys } = settings.confirmation;
  const hasDiscovery = settings.signIn?.way !== 'verifier';
  return (route: string, resource: string, surface: Surface, only?: TenantId): Endpoint =>
    open.counted(
      traced(
        route,
        createEndpoint({
          surface,
          sessions: { signingKeys, mailboxOf, now },
          switches,
          authenticate: only === undefined ? authenticate : onlyOf(only, authenticate),
          allowedHosts: settings.allowedHosts,
          allowedOrigins: settings.allowedOrigins,
          fromGateway: fromGateway(settings.gatewayKeys),
          resourceMetadata: hasDiscovery ? metadataUrl(resource) : undefined,
          actsForUsers: settings.downstream !== undefined,
          scope: signIn?.scopeOf(resource),
          refused,
          unfinished,
          logger,
        }),
      ),
    );
}
