import type {
  HttpHandler,
  HttpMethod,
  HttpRequest,
  HttpResponseInit,
  InvocationContext,
} from '@azure/functions';
import type { App } from '../../shared/app.ts';
import { StreamedResponse } from '../../shared/platform/http/streamed-response.ts';
import { isTransportName } from '../../shared/platform/http/transport-names.ts';
import { WholeResponse } from '../../shared/platform/http/whole-response.ts';
import { clientGone, closeAfterAnswer, whenAnswered } from './connections.ts';
import { cookiesApart } from './cookies.ts';
import { hostWatch, product } from './setup.ts';

/** The host answers 404 to a method that is not registered; the protocol asks for 405, so all come to the endpoints. */
export const everyMethod: HttpMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'];

/** The same for everybody, whichever setting it is. */
const notConfigured: HttpResponseInit = {
  status: 503,
  jsonBody: { error: 'This service is not configured. Its operator finds the setting to mend in its log.' },
};

const reservedParameter: HttpResponseInit = {
  status: 400,
  jsonBody: { error: 'A query parameter has a name that is kept for the transport. Leave it out.' },
};

const nothingHere: HttpResponseInit = {
  status: 404,
  jsonBody: { error: 'There is nothing at this address.' },
};

/**
 * Adapts a web-standard function of the app to an HTTP trigger. It always answers: with streaming switched on, the
 * Functions host never ends a request whose handler threw or returned nothing. Without an app the answer is 503.
 */
export function serve(
  answer: (app: App, request: Request, context: InvocationContext) => Response | Promise<Response>,
): HttpHandler {
  const app = product;
  if (app === undefined) {
    return () => notConfigured;
  }
  return async (request, context) => {
    const gone = clientGone(context.invocationId);
    if (hostWatch !== undefined) {
      whenAnswered(context.invocationId, hostWatch.opened());
    }
    try {
      // before anything is believed of the request
      if ([...new URL(request.url).searchParams.keys()].some(isTransportName)) {
        return reservedParameter;
      }
      const asked = toWeb(request);
      if (!app.serves(asked)) {
        return nothingHere;
      }
      const response = await answer(app, asked, context);
      if (response.headers.get('connection') === 'close') {
        closeAfterAnswer(context.invocationId);
      }
      return toFunctions(response, gone);
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

function toFunctions(response: Response, gone: AbortSignal): HttpResponseInit {
  const { status, headers: all } = response;
  const { headers, cookies } = cookiesApart(all);
  if (response instanceof WholeResponse) {
    return { status, headers, cookies, body: response.whole };
  }
  const { body } = response;
  if (body === null) {
    return { status, headers, cookies };
  }
  const isStream = headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  if (!isStream) {
    return { status, headers, cookies, body: body as NonNullable<HttpResponseInit['body']> };
  }
  // the library would read it to its end although nobody gets it
  const ended = StreamedResponse.of(response, body).until(gone);
  return { status, headers, cookies, body: ended.body as NonNullable<HttpResponseInit['body']> };
}
