import { fromGateway } from '#platform/identity/gateway-key';
import type { Card } from '#platform/mcp/definitions/card';
import type { Refusal } from '#platform/mcp/endpoint';
import { traced } from '#platform/mcp/traced';
import { type PlatformSettings, tenantSites } from '#platform/settings';
import type { SignInProvider } from '#platform/sign-in/provider';
import { remoteProvider } from '#platform/sign-in/remote';
import {
  type GuardOptions,
  guarded,
  nothingHere,
  type SignInService,
  signInService,
} from '#platform/sign-in/serve';
import { verifierOnly } from '#platform/sign-in/verifier';
import type { Logger } from '#platform/telemetry/log';
import type { SignInParts } from './authorization-server.ts';

/**
 * How people come to a token, as the settings choose it; undefined in the modes that verify nobody. An authorization
 * server of our own is loaded where it is chosen only: no other deployment's start waits for it.
 */
export async function signInProvider(
  { auth, signIn, ...settings }: PlatformSettings,
  parts: SignInParts,
): Promise<SignInProvider | undefined> {
  if (auth.mode !== 'jwt' || signIn === undefined) {
    return undefined;
  }
  switch (signIn.way) {
    case 'verifier':
      return verifierOnly(auth.scope);
    case 'remote':
      return remoteProvider(auth);
    case 'proxy': {
      const { proxyServer } = await import('./authorization-server.ts');
      return proxyServer({ ...settings, auth }, signIn, parts);
    }
    case 'own': {
      const { ownServer } = await import('./authorization-server.ts');
      return ownServer({ ...settings, auth }, signIn, parts);
    }
  }
}

/** The triggers' side of it, with what is refused on record as any other refused request. */
export function signInServiceOf(
  settings: PlatformSettings,
  provider: SignInProvider | undefined,
  refused: (refusal: Refusal) => void,
  logger: Logger,
): SignInService {
  const guard = guardOf(settings, refused, logger);
  const service = signInService({ ...guard, provider, sites: tenantSites(settings) });
  return { ...service, operation: traced('/oauth/{operation}', service.operation) };
}

/**
 * The console, where its users can sign in at this service itself; elsewhere there is nothing at its addresses, and nothing
 * of it is loaded.
 */
export async function consoleOf(
  settings: PlatformSettings,
  provider: SignInProvider | undefined,
  cards: readonly Card[],
  refused: (refusal: Refusal) => void,
  logger: Logger,
): Promise<(request: Request) => Promise<Response>> {
  const { frameOrigin } = settings;
  const frameHosts = frameOrigin === undefined ? [] : [new URL(frameOrigin).hostname];
  const pages =
    provider?.serverMetadata === undefined
      ? async () => undefined
      : (await import('#platform/console/serve')).consolePages({
          sites: tenantSites(settings),
          cards,
          frameOrigin,
        });
  const guard = guardOf(settings, refused, logger);
  return guarded(
    { ...guard, allowedHosts: [...guard.allowedHosts, ...frameHosts] },
    async (request) => (await pages(request)) ?? nothingHere(),
  );
}

function guardOf(
  settings: PlatformSettings,
  refused: (refusal: Refusal) => void,
  logger: Logger,
): GuardOptions {
  return {
    allowedHosts: settings.allowedHosts,
    fromGateway: fromGateway(settings.gatewayKeys),
    refused: (refusal) => refused({ principal: undefined, tool: '', ...refusal }),
    logger,
  };
}
