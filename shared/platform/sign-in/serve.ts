import { hostHeaderValidationResponse } from '@modelcontextprotocol/server';
import { Unavailable } from '../errors.ts';
import { correlationOf } from '../http/correlation.ts';
import { afterBody } from '../http/rest-of-body.ts';
import type { FromGateway } from '../identity/gateway-key.ts';
import { faultFields } from '../telemetry/fault.ts';
import type { Logger } from '../telemetry/log.ts';
import { openPreflight, readableByAnyPage } from './http/cors.ts';
import { OAuthProblem, problemResponse } from './http/oauth-problem.ts';
import { problemPage } from './http/pages.ts';
import { redirectTo } from './http/redirect.ts';
import type { Answer, Operation, OperationCall, SignInProvider } from './provider.ts';
import { type Place, placeOf, type TenantSite } from './tenant-site.ts';

export interface SignInServiceOptions extends GuardOptions {
  readonly provider: SignInProvider | undefined;
  readonly sites: readonly TenantSite[];
}

export interface GuardOptions {
  /** Host names under which this service may be addressed. */
  readonly allowedHosts: readonly string[];
  /** Whether a request came the way that requests must come. */
  readonly fromGateway: FromGateway;
  /** Told of every request that was refused. */
  readonly refused: (refusal: SignInRefusal) => void;
  readonly logger: Logger;
}

export interface SignInRefusal {
  /** What `error` says, after `sign_in:`; or how the request came. */
  readonly reason: string;
  readonly correlationId: string;
  readonly request: Request;
}

/** The web-standard functions behind the triggers of the authorization server. They never throw. */
export interface SignInService {
  /** What is below a tenant's `/oauth/`. */
  operation(request: Request): Promise<Response>;
  /** Metadata of a tenant's authorization server, at each of its addresses. */
  serverMetadata(request: Request): Promise<Response>;
}

/** Does for every operation what all need: who is addressed, from where, with which method, and what is said when it fails. */
export function signInService(options: SignInServiceOptions): SignInService {
  const { provider, sites } = options;
  return {
    operation: guarded(options, async (request, correlationId) => {
      const place = placeOf(new URL(request.url).pathname, sites);
      const operation = operationAt(place, provider);
      if (place === undefined || operation === undefined) {
        return nothingHere();
      }
      return await answer(operation, { request, site: place.site, correlationId }, options);
    }),
    serverMetadata: guarded(options, async (request) => {
      const site = siteOfMetadata(new URL(request.url).pathname, sites);
      if (site === undefined || provider?.serverMetadata === undefined) {
        return readableByAnyPage(request, nothingHere());
      }
      const document = Response.json(provider.serverMetadata(site, request), {
        headers: { 'Cache-Control': 'public, max-age=3600' },
      });
      return readableByAnyPage(request, document);
    }),
  };
}

function operationAt(place: Place | undefined, provider: SignInProvider | undefined): Operation | undefined {
  const name = /^\/oauth\/([a-z-]+)$/.exec(place?.path ?? '')?.[1];
  return name !== undefined && provider !== undefined && Object.hasOwn(provider.operations, name)
    ? provider.operations[name]
    : undefined;
}

const wellKnown = /^\/\.well-known\/(?:oauth-authorization-server|openid-configuration)/;

/** Between host and path (RFC 8414 section 3.1), or after the path (OpenID Connect Discovery 1.0 section 4). */
function siteOfMetadata(pathname: string, sites: readonly TenantSite[]): TenantSite | undefined {
  const inserted = wellKnown.exec(pathname)?.[0];
  const place = placeOf(inserted === undefined ? pathname : pathname.slice(inserted.length), sites);
  const rest = place?.path.replace(/\/$/, '');
  return rest === '' || wellKnown.exec(rest ?? '')?.[0] === rest ? place?.site : undefined;
}

/** What every request without a token has to be: to this service's own name, and through its gateway. It never throws. */
export function guarded(
  { allowedHosts, fromGateway, refused, logger }: GuardOptions,
  respond: (request: Request, correlationId: string) => Promise<Response>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const correlationId = correlationOf(request);
    let response: Response;
    const isWrongHost = hostHeaderValidationResponse(request, [...allowedHosts]) !== undefined;
    if (isWrongHost || !fromGateway(request)) {
      refused({ reason: isWrongHost ? 'wrong_host' : 'not_from_gateway', correlationId, request });
      response = problemResponse(
        new OAuthProblem('invalid_request', 'Use the public address of this service.', 403),
      );
    } else {
      try {
        response = await respond(request, correlationId);
      } catch (error) {
        logger.log('error', 'sign-in failed', { correlationId, ...faultFields(error) });
        response = problemResponse(failure(correlationId));
      }
    }
    response.headers.set('X-Correlation-Id', correlationId);
    response.headers.set('X-Content-Type-Options', 'nosniff');
    if (!response.headers.has('Cache-Control')) {
      response.headers.set('Cache-Control', 'no-store');
    }
    return await afterBody(request, response);
  };
}

async function answer(
  operation: Operation,
  call: OperationCall,
  options: SignInServiceOptions,
): Promise<Response> {
  const isOpen = operation.audience === 'any-origin';
  const methods = (['GET', 'POST'] as const).filter((method) => operation[method] !== undefined);
  const { method } = call.request;
  if (isOpen && method === 'OPTIONS') {
    return openPreflight(methods);
  }
  const asked = methods.find((known) => known === method);
  const respond = asked && operation[asked];
  const response =
    respond === undefined ? wrongMethod(methods) : await withProblems(respond, call, isOpen, options);
  return isOpen ? readableByAnyPage(call.request, response) : response;
}

async function withProblems(
  respond: Answer,
  call: OperationCall,
  isOpen: boolean,
  { refused, logger }: SignInServiceOptions,
): Promise<Response> {
  try {
    return await respond(call);
  } catch (error) {
    const problem = problemOf(error, call.correlationId);
    const { correlationId, request } = call;
    if (problem.status >= 500) {
      logger.log('error', 'sign-in failed', { correlationId, ...faultFields(error) });
    } else {
      refused({ reason: `sign_in:${problem.error}`, correlationId, request });
    }
    if (problem.location !== undefined) {
      return redirectTo(problem.location);
    }
    return isOpen
      ? problemResponse(problem)
      : problemPage('Sign-in is not possible', problem.message, correlationId, problem.status);
  }
}

function problemOf(error: unknown, correlationId: string): OAuthProblem {
  if (error instanceof OAuthProblem) {
    return error;
  }
  return error instanceof Unavailable
    ? new OAuthProblem('temporarily_unavailable', error.message, 503)
    : failure(correlationId);
}

function failure(correlationId: string): OAuthProblem {
  const sentence = `Internal error. Try again; if it stays, report it with the id ${correlationId}.`;
  return new OAuthProblem('server_error', sentence, 500);
}

export function nothingHere(): Response {
  return problemResponse(new OAuthProblem('invalid_request', 'There is nothing at this address.', 404));
}

function wrongMethod(methods: readonly string[]): Response {
  const response = problemResponse(
    new OAuthProblem('invalid_request', `Method not allowed: send ${methods.join(' or ')}.`, 405),
  );
  response.headers.set('Allow', methods.join(', '));
  return response;
}
