import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { OperationDescription, PolicyBundle } from '../../gateway/language/bundle.ts';
import type { PolicyUrl } from '../../gateway/language/expressions/context.ts';
import { queryLimit } from '../../gateway/language/limits.ts';
import { scopesOf } from '../../gateway/language/sections.ts';
import { requestUrl } from '../http/target.ts';
import { type EdgeResponse, type Exchange, openExchange, plainResponse } from './exchange.ts';
import { PolicyFailure } from './failure.ts';
import { buildPipeline, type Pipeline } from './pipeline.ts';
import { findOperation, type Match } from './router.ts';
import type { CompilerTools } from './step.ts';

/** Answers one request. */
export type Edge = (incoming: IncomingMessage, clientGone: AbortSignal) => Promise<EdgeResponse>;

/** What stands for the operation while none has been found. */
const nowhere: Match = {
  api: { id: '', displayName: '', path: '', subscriptionRequired: false, operations: [] },
  operation: { id: '', method: 'GET', urlTemplate: '' },
  path: '/',
  parameters: new Map(),
};

/** Builds every operation's pipeline, so that whatever is wrong with one stops the start. */
export function buildEdge(bundle: PolicyBundle, tools: CompilerTools): Edge {
  const { description } = bundle;
  const pipelines = new Map<OperationDescription, Pipeline>();
  for (const api of description.apis) {
    for (const operation of api.operations) {
      pipelines.set(operation, buildPipeline(scopesOf(description, api, operation), bundle, tools));
    }
  }
  const unmatched = buildPipeline([description.policy], bundle, tools);
  return async (incoming, clientGone) => {
    const url = originalUrl(incoming);
    if (Buffer.byteLength(url.queryString) > 1 + queryLimit) {
      return plainResponse(404, 'Not Found', `The query of an address has at most ${queryLimit} bytes.`);
    }
    const preflight = answerPreflight(incoming, url, bundle, pipelines);
    if (preflight !== undefined) {
      return preflight;
    }
    const match = findOperation(description, incoming.method ?? 'GET', url.path);
    const exchange = open(incoming, url, match ?? nowhere, clientGone);
    const pipeline = match && pipelines.get(match.operation);
    if (pipeline === undefined) {
      await unmatched.recover(exchange, notFound());
    } else {
      await pipeline.run(exchange);
    }
    for (const [name, value] of exchange.addedHeaders) {
      exchange.response.headers.set(name, value);
    }
    return exchange.response;
  };
}

function notFound(): PolicyFailure {
  const message = 'Unable to match incoming request to an operation.';
  return new PolicyFailure('configuration', 'OperationNotFound', 404, message);
}

/** Dot segments are resolved here, so that what is matched is what is forwarded. */
function originalUrl(incoming: IncomingMessage): PolicyUrl {
  const url = requestUrl(incoming) ?? new URL('http://localhost/');
  return {
    scheme: 'http',
    host: url.hostname,
    port: Number(url.port || '80'),
    path: url.pathname,
    queryString: url.search,
  };
}

function open(
  incoming: IncomingMessage,
  url: PolicyUrl,
  { api, operation, path, parameters }: Match,
  clientGone: AbortSignal,
): Exchange {
  return openExchange(incoming, {
    requestId: randomUUID(),
    api: { id: api.id, name: api.displayName, path: api.path },
    operation: { id: operation.id, method: operation.method, urlTemplate: operation.urlTemplate },
    originalUrl: url,
    path,
    matchedParameters: parameters,
    clientGone,
  });
}

/** Of the policies, only `cors` sees a preflight request, and not even that where an operation takes OPTIONS itself. */
function answerPreflight(
  { method, headers }: IncomingMessage,
  url: PolicyUrl,
  { description }: PolicyBundle,
  pipelines: ReadonlyMap<OperationDescription, Pipeline>,
): EdgeResponse | undefined {
  const wanted = headers['access-control-request-method'];
  if (method !== 'OPTIONS' || headers.origin === undefined || wanted === undefined) {
    return undefined;
  }
  if (findOperation(description, 'OPTIONS', url.path) !== undefined) {
    return undefined;
  }
  const match = findOperation(description, wanted, url.path);
  const cors = match && pipelines.get(match.operation)?.cors;
  return cors && { ...plainResponse(200, 'OK'), headers: cors.preflight(headers.origin) };
}
