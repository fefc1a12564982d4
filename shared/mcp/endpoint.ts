import { randomUUID } from 'node:crypto';
import {
  createMcpHandler,
  hostHeaderValidationResponse,
  type McpHttpHandler,
  type McpServerFactory,
  originValidationResponse,
} from '@modelcontextprotocol/server';
import { Unavailable } from '../contoso/errors.ts';
import { type Authenticate, Forbidden, Unauthenticated } from '../identity/authenticator.ts';
import { insufficientScope, unauthorized } from '../identity/challenges.ts';
import type { Principal } from '../identity/principal.ts';
import type { Logger } from '../telemetry/log.ts';
import { type JsonObject, readJsonBody } from './http/body.ts';
import { preflight, withCors } from './http/cors.ts';
import { rpcCodes, rpcError } from './http/rpc-error.ts';
import { authInfoOf, principalOf } from './principal.ts';
import { StaticMcpServer, type Surface } from './static-server.ts';

export interface EndpointOptions {
  readonly surface: Surface;
  readonly authenticate: Authenticate;
  /** Host names under which this service may be addressed; anything else is a rebinding attempt. */
  readonly allowedHosts: readonly string[];
  /** Host names of the web pages that may call; requests without an Origin do not come from a page. */
  readonly allowedOrigins: readonly string[];
  /** Address of the protected-resource metadata of this endpoint. */
  readonly resourceMetadata: string;
  /** What a client without a token should ask its identity provider for. */
  readonly scope: string | undefined;
  /** Told of every request that got no further than this: no valid token, not allowed. */
  readonly refused: (refusal: Refusal) => void;
  readonly logger: Logger;
}

/** A request that was answered before it reached a tool. */
export interface Refusal {
  /** Undefined when the caller could not be verified. */
  readonly principal: Principal | undefined;
  readonly tool: string;
  readonly reason: string;
  readonly correlationId: string;
}

/** One MCP endpoint: a web-standard request in, a response out. It never throws. */
export type Endpoint = (request: Request) => Promise<Response>;

/** The checks in their order: cheap ones first, and nothing of the body is read before the caller is known. */
export function createEndpoint(options: EndpointOptions): Endpoint {
  const handlers = protocolHandlers(options);
  return async (request) => {
    const correlationId = randomUUID();
    const rejected = rebinding(request, options);
    if (rejected !== undefined) return withCommonHeaders(rejected, correlationId);
    try {
      const response = withCommonHeaders(
        await answer(request, handlers, options, correlationId),
        correlationId,
      );
      return withCors(response, request.headers.get('origin'));
    } catch (error) {
      options.logger.log('error', 'request failed', {
        correlationId,
        error: error instanceof Error ? error.name : typeof error,
      });
      const message = `Internal error. Try again; if it stays, report it with the id ${correlationId}.`;
      return withCommonHeaders(rpcError(500, rpcCodes.internal, message), correlationId);
    }
  };
}

/** The protocol layer, answering with a stream only when there is something to stream, or always. */
interface ProtocolHandlers {
  readonly plain: McpHttpHandler;
  readonly streaming: McpHttpHandler;
}

function protocolHandlers({ surface, logger }: EndpointOptions): ProtocolHandlers {
  const serverFor: McpServerFactory = ({ era, authInfo }) =>
    new StaticMcpServer(surface, { era, principal: principalOf(authInfo) });
  const onerror = (error: Error) => logger.log('debug', 'protocol error', { error: error.name });
  return {
    plain: createMcpHandler(serverFor, { onerror }),
    streaming: createMcpHandler(serverFor, { onerror, responseMode: 'sse' }),
  };
}

/** A page that made a browser believe this is its own server (DNS rebinding), or a page that was not invited: 403. */
function rebinding(request: Request, options: EndpointOptions): Response | undefined {
  return (
    hostHeaderValidationResponse(request, [...options.allowedHosts]) ??
    originValidationResponse(request, [...options.allowedOrigins])
  );
}

async function answer(
  request: Request,
  handlers: ProtocolHandlers,
  options: EndpointOptions,
  correlationId: string,
): Promise<Response> {
  if (request.method === 'OPTIONS') return preflight();
  if (request.method !== 'POST') {
    return rpcError(405, rpcCodes.transport, 'Method not allowed: send POST.', { Allow: 'POST, OPTIONS' });
  }
  const principal = await identify(request, options, correlationId);
  if (principal instanceof Response) return principal;
  const body = await readJsonBody(request);
  if (body instanceof Response) return body;
  return (
    missingPermission(body, principal, options, correlationId) ??
    (await interceptedBy(options.surface, request, body, principal)) ??
    dispatch(request, body, principal, handlers, options)
  );
}

async function interceptedBy(
  { extensions }: Surface,
  request: Request,
  body: JsonObject,
  principal: Principal,
): Promise<Response | undefined> {
  for (const { intercept } of extensions) {
    const response = await intercept?.(request, body, principal);
    if (response !== undefined) return response;
  }
  return undefined;
}

function dispatch(
  request: Request,
  body: JsonObject,
  principal: Principal,
  handlers: ProtocolHandlers,
  { surface }: EndpointOptions,
): Promise<Response> {
  const streams = surface.extensions.some((extension) => extension.streams?.(body));
  const handler = streams ? handlers.streaming : handlers.plain;
  return handler.fetch(request, { authInfo: authInfoOf(principal), parsedBody: body });
}

async function identify(
  request: Request,
  options: EndpointOptions,
  correlationId: string,
): Promise<Principal | Response> {
  const refuse = (reason: string) =>
    options.refused({ principal: undefined, tool: '', reason, correlationId });
  const { resourceMetadata, scope } = options;
  try {
    return await options.authenticate(request);
  } catch (error) {
    if (error instanceof Unauthenticated) {
      refuse(error.reason);
      return unauthorized(error.message, error.tokenSent, { resourceMetadata, ...(scope && { scope }) });
    }
    if (error instanceof Forbidden) {
      refuse(error.reason);
      return error.scope === undefined
        ? rpcError(403, rpcCodes.transport, error.message)
        : insufficientScope(error.message, { resourceMetadata, scope: scope ?? error.scope });
    }
    if (error instanceof Unavailable)
      return rpcError(503, rpcCodes.transport, error.message, { 'Retry-After': '5' });
    throw error;
  }
}

/** A call of a tool that the caller may not use is answered before the protocol layer sees it, in both eras alike. */
function missingPermission(
  body: JsonObject,
  principal: Principal,
  { surface, refused, resourceMetadata }: EndpointOptions,
  correlationId: string,
): Response | undefined {
  if (body.method !== 'tools/call') return undefined;
  const tool = surface.tools.find((body.params as JsonObject | undefined)?.name);
  if (tool === undefined || principal.permissions.has(tool.definition.permission)) return undefined;
  const { name, permission } = tool.definition;
  refused({ principal, tool: name, reason: `missing:${permission}`, correlationId });
  return insufficientScope(
    `${name} needs the permission ${permission}; ask your administrator for a role that has it.`,
    {
      resourceMetadata,
      scope: permission,
    },
  );
}

function withCommonHeaders(response: Response, correlationId: string): Response {
  const headers = new Headers(response.headers);
  headers.set('X-Correlation-Id', correlationId);
  headers.set('X-Content-Type-Options', 'nosniff');
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
  return new Response(response.body, { status: response.status, headers });
}
