import { originValidationResponse } from '@modelcontextprotocol/server';
import { exposureOf, viewerAt } from '../access/exposure.ts';
import type { SwitchBoard } from '../access/switch-board.ts';
import { InvalidInput, Unavailable } from '../errors.ts';
import { correlationOf } from '../http/correlation.ts';
import { afterBody } from '../http/rest-of-body.ts';
import { type Authenticate, Forbidden, Unauthenticated } from '../identity/authenticator.ts';
import { insufficientScope, unauthorized } from '../identity/challenges.ts';
import type { FromGateway } from '../identity/gateway-key.ts';
import { asAsked } from '../identity/loopback.ts';
import type { Principal } from '../identity/principal.ts';
import { faultFields } from '../telemetry/fault.ts';
import { answeredAtStop } from './answered-at-stop.ts';
import { createDispatch, type Dispatch, type DispatchOptions } from './dispatch.ts';
import { wrongHost } from './http/allowed-host.ts';
import { inAcceptedForm } from './http/answer-form.ts';
import { type JsonObject, readJsonBody } from './http/body.ts';
import { withCommonHeaders } from './http/common-headers.ts';
import { preflight, withCors } from './http/cors.ts';
import { rpcCodes, rpcError } from './http/rpc-error.ts';
import { withExactId } from './message/exact-id.ts';
import { InvalidMessage } from './message/invalid-message.ts';
import { prepareMessage } from './message/prepare-message.ts';
import { askedByPage, askedIn } from './message-subject.ts';
import { withOwnWords } from './own-words.ts';
import { forPeople } from './pipeline/access.ts';
import type { RecordedCaller } from './pipeline/call-record.ts';
import { withTokenAtHand } from './token-at-hand.ts';
import { asksWhoThisIs, underSwitches } from './under-switches.ts';

export interface EndpointOptions extends DispatchOptions {
  readonly authenticate: Authenticate;
  /** What the operator switched off; nothing when left out. */
  readonly switches?: Pick<SwitchBoard, 'current'>;
  /** Host names under which this service may be addressed; anything else is a rebinding attempt. */
  readonly allowedHosts: readonly string[];
  /** Host names of the web pages that may call; requests without an Origin do not come from a page. */
  readonly allowedOrigins: readonly string[];
  /** Whether a request came through the gateway. */
  readonly fromGateway: FromGateway;
  /** Address of the protected-resource metadata of this endpoint; undefined when there is none. */
  readonly resourceMetadata: string | undefined;
  /** Whether calls may act for their user at other services: then the token is at hand while a request is served. */
  readonly actsForUsers?: boolean;
  /** What a client without a token should ask its identity provider for. */
  readonly scope: string | undefined;
  /** Told of every request that got no further than this: no valid token, not allowed, not through the gateway. */
  readonly refused: (refusal: Refusal) => void;
  /** Aborts when calls that are still open must be answered: the process is about to end. */
  readonly unfinished?: AbortSignal;
}

/** A request that was answered before it reached a tool. */
export interface Refusal {
  /** Undefined when the caller could not be verified. */
  readonly principal: RecordedCaller | undefined;
  readonly tool: string;
  readonly reason: string;
  readonly correlationId: string;
  readonly request: Request;
}

/** One MCP endpoint: a web-standard request in, a response out. It never throws. */
export type Endpoint = (request: Request) => Promise<Response>;

/** For what runs in a process that is not told of its end. */
const never = new AbortController().signal;

/** The checks in their order: cheap ones first, and nothing of the body is read before the caller is known. */
export function createEndpoint(options: EndpointOptions): Endpoint {
  const dispatch = createDispatch(options);
  return async (request) => afterBody(request, await respond(request, dispatch, options));
}

async function respond(request: Request, dispatch: Dispatch, options: EndpointOptions): Promise<Response> {
  const correlationId = correlationOf(request);
  const rejected = rejectedSource(request, options);
  if (rejected !== undefined) {
    const { reason, response } = rejected;
    options.refused({ principal: undefined, tool: '', reason, correlationId, request });
    return withCommonHeaders(response, correlationId);
  }
  try {
    const answered = await answer(request, dispatch, options, correlationId);
    const response = withCommonHeaders(answered, correlationId);
    if (response.status >= 400) {
      noteFailure(response, correlationId, options);
    }
    return withCors(response, request.headers.get('origin'));
  } catch (error) {
    options.logger.log('error', 'request failed', {
      correlationId,
      ...faultFields(error),
    });
    const message = `Internal error. Try again; if it stays, report it with the id ${correlationId}.`;
    return withCommonHeaders(rpcError(500, rpcCodes.internal, message), correlationId);
  }
}

/**
 * Answers 403 to a page that made a browser take this for its own server (DNS rebinding), to a page of an origin that
 * is not allowed, and to a request that did not come through the gateway.
 */
function rejectedSource(
  request: Request,
  options: EndpointOptions,
): { readonly reason: string; readonly response: Response } | undefined {
  const notHere = wrongHost(request, options.allowedHosts);
  if (notHere !== undefined) {
    return { reason: 'wrong_host', response: notHere };
  }
  const isOfPage = request.headers.has('origin');
  const wrongOrigin = isOfPage && originValidationResponse(request, [...options.allowedOrigins]);
  if (wrongOrigin) {
    return { reason: 'wrong_origin', response: wrongOrigin };
  }
  if (options.fromGateway(request)) {
    return undefined;
  }
  const message = 'This service is reached through its gateway; use the address of the gateway.';
  return { reason: 'not_from_gateway', response: rpcError(403, rpcCodes.transport, message) };
}

/**
 * Logs the correlation id of every failure, so that an id that a caller reports can be found. Refusals have a line of
 * their own.
 */
function noteFailure({ status }: Response, correlationId: string, { logger }: EndpointOptions): void {
  logger.log(status >= 500 ? 'warn' : 'debug', 'answered with an error', { status, correlationId });
}

async function answer(
  request: Request,
  dispatch: Dispatch,
  options: EndpointOptions,
  correlationId: string,
): Promise<Response> {
  if (request.method === 'OPTIONS') {
    return preflight();
  }
  const endSession = request.method === 'DELETE' ? dispatch.endSession : undefined;
  if (request.method !== 'POST' && endSession === undefined) {
    return wrongMethod(dispatch);
  }
  const verified = await identify(request, options, correlationId);
  if (verified instanceof Response) {
    return verified;
  }
  try {
    if (endSession !== undefined) {
      return await endSession(request, await underSwitches(verified, options.switches));
    }
    const body = await readJsonBody(request);
    if (body instanceof Response) {
      return body;
    }
    const principal = asksWhoThisIs(body) ? verified : await underSwitches(verified, options.switches);
    prepareMessage(body, options.surface, request.headers);
    return (
      missingPermission(request, body, principal, options, correlationId) ??
      (await inAcceptedForm(request, body, async () =>
        withExactId(
          body,
          await answeredAtStop(body, options.unfinished ?? never, async () =>
            withOwnWords(
              await withTokenAtHand(request, options, () => dispatch.message(request, body, principal)),
            ),
          ),
        ),
      ))
    );
  } catch (error) {
    if (error instanceof Unavailable) {
      return unavailable(error);
    }
    if (error instanceof InvalidMessage) {
      const tool = toolNamedIn(error.sent, options);
      options.refused({ principal: verified, tool, reason: 'invalid_message', correlationId, request });
      return error.toResponse();
    }
    if (error instanceof InvalidInput) {
      return rpcError(400, rpcCodes.invalidRequest, error.message);
    }
    throw error;
  }
}

/** The tool that a message names, for the record; empty when it names none that there is. */
function toolNamedIn(sent: unknown, { surface }: EndpointOptions): string {
  const name = (sent as { params?: { name?: unknown } } | null | undefined)?.params?.name;
  return surface.tools.find(name)?.thing.name ?? '';
}

function wrongMethod({ endSession }: Dispatch): Response {
  return endSession === undefined
    ? rpcError(405, rpcCodes.transport, 'Method not allowed: send POST.', { Allow: 'POST, OPTIONS' })
    : rpcError(405, rpcCodes.transport, 'Method not allowed: send POST, or DELETE to end a session.', {
        Allow: 'POST, DELETE, OPTIONS',
      });
}

function unavailable({ message }: Unavailable): Response {
  return rpcError(503, rpcCodes.transport, message, { 'Retry-After': '5' });
}

async function identify(
  request: Request,
  options: EndpointOptions,
  correlationId: string,
): Promise<Principal | Response> {
  const refuse = (reason: string) =>
    options.refused({ principal: undefined, tool: '', reason, correlationId, request });
  try {
    return await options.authenticate(request);
  } catch (error) {
    const resourceMetadata = options.resourceMetadata && asAsked(options.resourceMetadata, request);
    const scope = options.scope && asAsked(options.scope, request);
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
    if (error instanceof Unavailable) {
      refuse('identity_provider_unavailable');
      return unavailable(error);
    }
    throw error;
  }
}

/**
 * A message that the caller may not send is answered before the protocol layer sees it, in both eras alike. Without a
 * challenge: a permission comes with a role, and a client that is told to get another token would send its user to a
 * sign-in that cannot help.
 */
function missingPermission(
  request: Request,
  body: JsonObject,
  principal: Principal,
  { surface, refused }: EndpointOptions,
  correlationId: string,
): Response | undefined {
  const asked = askedIn(body, surface);
  const subject = asked ?? askedByPage(body, request.headers, surface);
  const exposure = subject && exposureOf(subject.offer, viewerAt(surface.endpoint, principal));
  if (asked !== undefined && exposure === 'withheld') {
    const { permission } = asked.offer.thing;
    refused({ principal, tool: asked.name, reason: `missing:${permission}`, correlationId, request });
    return rpcError(
      403,
      rpcCodes.forbidden,
      `${asked.name} needs the permission ${permission}; ask your administrator for a role that has it.`,
    );
  }
  if (asked !== undefined && exposure === 'for_people') {
    refused({ principal, tool: asked.name, reason: `actor:${principal.actor}`, correlationId, request });
    return rpcError(403, rpcCodes.forbidden, forPeople(principal));
  }
  if (exposure !== 'open' && exposure !== 'off' && body.method === 'tools/call') {
    // The protocol layer answers that there is no such tool; the attempt is recorded, so that guessing of names is seen.
    refused({ principal, tool: 'unknown', reason: 'unknown_tool', correlationId, request });
  }
  return undefined;
}
