import type { ServerResponse } from 'node:http';
import { CALLED_BY_HOST, type Invocations } from '../invocations.ts';
import type { HttpData, InvocationOutcome, TypedData } from '../worker/rpc.ts';
import { readBody } from './body.ts';
import { answerEmpty, contentLengthOf, type HttpCall, headersOf, queryOf, traceContextOf } from './call.ts';
import { serializeCookie } from './cookies.ts';

export interface BufferedHost {
  readonly invocations: Invocations;
  /** Bytes. */
  readonly bodyLimit: number;
  /** Whether a body without Content-Length is lost, as it is in the cloud. */
  readonly strict: boolean;
}

/** Set by the server itself: what a function says about them would break the message. */
const CONNECTION_HEADERS = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'upgrade',
]);

/**
 * Serves one call of an app without HTTP streams: the request and the response travel whole inside the invocation.
 * Rejects with what the function throws, and with a BodyTooLargeError.
 */
export async function serveBuffered(call: HttpCall, host: BufferedHost): Promise<void> {
  const { route } = call.match;
  const http = await requestData(call, host);
  const outcome = await host.invocations.run(route.functionName, CALLED_BY_HOST, {
    inputData: [{ name: route.bindingName, data: { http } }],
    ...traceContextOf(call.request),
  });
  const answer = httpOf(outcome);
  if (answer) {
    writeAnswer(call.response, answer);
  } else {
    answerEmpty(call.response, 204);
  }
}

async function requestData(call: HttpCall, host: BufferedHost): Promise<HttpData> {
  const { request, url } = call;
  return {
    method: request.method ?? 'GET',
    url: url.href,
    nullableHeaders: nullable(headersOf(request)),
    nullableQuery: nullable(queryOf(url)),
    nullableParams: nullable(call.match.params),
    body: await requestBody(call, host),
  };
}

/** The real host looks at Content-Length alone, so that a chunked body arrives empty. */
async function requestBody({ request }: HttpCall, host: BufferedHost): Promise<TypedData | undefined> {
  if (host.strict && !contentLengthOf(request)) {
    return undefined;
  }
  const bytes = await readBody(request, host.bodyLimit);
  return bytes.length > 0 ? { bytes } : undefined;
}

function nullable(values: Readonly<Record<string, string>>): Record<string, { value: string }> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
}

/** The response is the return value, or an output binding of type http. */
function httpOf({ response }: InvocationOutcome): HttpData | undefined {
  return response.returnValue?.http ?? response.outputData?.find((output) => output.data.http)?.data.http;
}

function writeAnswer(response: ServerResponse, answer: HttpData): void {
  const body = answer.body?.bytes ?? new Uint8Array();
  const status = Number(answer.statusCode ?? 200);
  for (const [name, value] of Object.entries(answer.headers ?? {})) {
    if (!CONNECTION_HEADERS.has(name)) {
      response.setHeader(name, value);
    }
  }
  if (answer.cookies && answer.cookies.length > 0) {
    response.setHeader('set-cookie', answer.cookies.map(serializeCookie));
  }
  if (status !== 204 && status !== 304) {
    response.setHeader('content-length', body.length);
  }
  response.writeHead(status).end(body);
}
