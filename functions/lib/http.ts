import type {
  HttpHandler,
  HttpMethod,
  HttpRequest,
  HttpResponseInit,
  InvocationContext,
} from '@azure/functions';
import { type App, getApp } from '../../shared/app.ts';

/** The host answers 404 to a method that is not registered; the protocol asks for 405, so all come to the endpoints. */
export const everyMethod: HttpMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'];

/**
 * Adapts a web-standard function of the app to an HTTP trigger. It always answers: with streaming switched on, the
 * Functions host never ends a request whose handler threw or returned nothing.
 */
export function serve(
  answer: (app: App, request: Request, context: InvocationContext) => Response | Promise<Response>,
): HttpHandler {
  return async (request, context) => {
    const app = await getApp();
    try {
      return toFunctions(await answer(app, toWeb(request), context));
    } catch (error) {
      app.logger.log('error', 'trigger failed', {
        error: error instanceof Error ? error.name : typeof error,
      });
      return { status: 500, jsonBody: { error: 'Internal error. Try again later.' } };
    }
  };
}

/** The library's request has no abort signal and its own body type; the rest of the product knows web requests only. */
function toWeb(request: HttpRequest): Request {
  const body = request.method === 'GET' || request.method === 'HEAD' ? null : request.body;
  return new Request(request.url, {
    method: request.method,
    headers: new Headers([...request.headers]),
    ...(body && { body: body as ReadableStream, duplex: 'half' }),
  });
}

function toFunctions(response: Response): HttpResponseInit {
  return {
    status: response.status,
    headers: response.headers,
    ...(response.body && { body: response.body as NonNullable<HttpResponseInit['body']> }),
  };
}
