import { createMcpHandler, isLegacyRequest, type McpServerFactory } from '@modelcontextprotocol/server';
import { keptAliveElsewhere } from '../http/streamed-response.ts';
import type { Principal } from '../identity/principal.ts';
import type { Logger } from '../telemetry/log.ts';
import { extensionsSaidIn } from './client-extensions.ts';
import { DirectCalls } from './direct/direct-calls.ts';
import type { JsonObject } from './http/body.ts';
import { authInfoOf, extensionsOf, principalOf, revisionOf } from './principal.ts';
import { ResponseCache } from './response-cache.ts';
import { ignoringCancel, isStream } from './sessions/response-end.ts';
import { type SessionOptions, Sessions } from './sessions/sessions.ts';
import { StaticMcpServer } from './static-server.ts';
import type { ServerExtension, Surface } from './surface.ts';

export interface DispatchOptions {
  readonly surface: Surface;
  /**
   * Without it, requests of 2025-era clients belong to no session: the server can neither notify nor ask such a
   * client.
   */
  readonly sessions?: SessionOptions;
  readonly logger: Logger;
}

/** The protocol layer behind one endpoint. It gets messages of verified callers who may send them. */
export interface Dispatch {
  /** Answers one message, in whichever era it is. */
  message(request: Request, body: JsonObject, principal: Principal): Promise<Response>;
  /** Ends the session that a request names; undefined when there are no sessions. */
  readonly endSession: ((request: Request, principal: Principal) => Promise<Response>) | undefined;
}

export function createDispatch({ surface, sessions: sessionOptions, logger }: DispatchOptions): Dispatch {
  const serverFor: McpServerFactory = ({ era, authInfo, requestInfo }) =>
    new StaticMcpServer(surface, {
      era,
      principal: principalOf(authInfo),
      revision: revisionOf(authInfo),
      extensions: extensionsOf(authInfo),
      // before 2026-07-28 `initialize` alone has it; since then every answer, and this header is as the body
      introduces: era === 'legacy' || requestInfo?.headers.get('mcp-method') === 'server/discover',
    });
  const onerror = (error: Error) => logger.log('debug', 'protocol error', { error: error.name });
  const common = { onerror, keepAliveMs: keptAliveElsewhere };
  const plain = createMcpHandler(serverFor, common);
  /** The same, answering with a stream from the first byte on. */
  const streaming = createMcpHandler(serverFor, { ...common, responseMode: 'sse' });
  const responses = new ResponseCache();
  const calls = new DirectCalls(surface);
  const intercepts = surface.extensions.flatMap(({ intercept }) => intercept ?? []);
  const sessions = sessionOptions && new Sessions(serverFor, responses, sessionOptions);
  return {
    endSession: sessions && ((request, principal) => sessions.end(request, principal)),
    async message(request, body, principal) {
      const message = { request, body, principal };
      const intercepted =
        intercepts.length === 0 ? undefined : await interceptedBy(intercepts, request, body, principal);
      const answered =
        intercepted ?? (sessions?.concerns(message) ? await sessions.answer(message) : undefined);
      if (answered !== undefined) {
        return answered;
      }
      const ask = () => {
        const streams = surface.extensions.some((extension) => extension.streams?.(body));
        return (streams ? streaming : plain).fetch(request, {
          authInfo: authInfoOf(principal, revisionSaidBy(request, body), undefined, extensionsSaidIn(body)),
          parsedBody: body,
        });
      };
      const response = await (body.method === 'tools/call'
        ? calls.answer(message, ask)
        : responses.answer(message, ask));
      return isStream(response) && (await isLegacyRequest(request, body))
        ? ignoringCancel(response)
        : response;
    },
  };
}

/** What a message without a session is served by: what it asks for itself, else what its header says. */
function revisionSaidBy(request: Request, { method, params }: JsonObject): string | undefined {
  const asked = method === 'initialize' ? (params as JsonObject).protocolVersion : undefined;
  return typeof asked === 'string'
    ? asked
    : (request.headers.get('mcp-protocol-version')?.trim() ?? undefined);
}

async function interceptedBy(
  intercepts: readonly NonNullable<ServerExtension['intercept']>[],
  request: Request,
  body: JsonObject,
  principal: Principal,
): Promise<Response | undefined> {
  for (const intercept of intercepts) {
    const response = await intercept(request, body, principal);
    if (response !== undefined) {
      return response;
    }
  }
  return undefined;
}
