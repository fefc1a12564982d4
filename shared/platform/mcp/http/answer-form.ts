import { type Accepted, acceptedBy, bothTypes, jsonType, streamType } from './accept.ts';
import type { JsonObject } from './body.ts';
import { rpcCodes, rpcError } from './rpc-error.ts';

/**
 * Answers in a form that the client takes, whichever the protocol layer chooses: that one serves only those of the 2025
 * revisions that name both. 406 when neither fits, or when the answer needs a stream and the client takes none.
 */
export function inAcceptedForm(
  request: Request,
  body: JsonObject,
  answer: () => Promise<Response>,
): Promise<Response> {
  const { headers } = request;
  const said = headers.get('accept');
  const accepted = acceptedBy(said);
  // Nothing is said in answer to a notification or to an answer, so that nothing has to fit.
  const isAsked = typeof body.method === 'string' && body.id !== undefined;
  if (isAsked && !accepted.json && !accepted.stream) {
    return Promise.resolve(notAcceptable(`Accept ${jsonType} or ${streamType}.`));
  }
  if (said !== bothTypes) {
    headers.set('accept', bothTypes);
  }
  const takesBoth = accepted.json && accepted.stream;
  return isAsked && !takesBoth ? formed(answer, accepted) : answer();
}

async function formed(answer: () => Promise<Response>, { json, stream }: Accepted): Promise<Response> {
  const response = await answer();
  const type = response.headers.get('content-type') ?? '';
  if (!json && response.ok && type.startsWith(jsonType)) {
    return asStream(response);
  }
  if (!stream && type.startsWith(streamType)) {
    return await asJson(response);
  }
  return response;
}

async function asStream(response: Response): Promise<Response> {
  const text = await response.text();
  return withType(response, `event: message\ndata: ${text.replaceAll(/[\r\n]+/g, ' ')}\n\n`, streamType);
}

/** The answer alone; notifications before it are left out. */
async function asJson(response: Response): Promise<Response> {
  const messages = messagesOf(response.body as ReadableStream<Uint8Array>);
  for await (const message of messages) {
    const { id, method } = JSON.parse(message) as JsonObject;
    if (id === undefined) {
      continue;
    }
    if (method === undefined) {
      return withType(response, message, jsonType);
    }
    return notAcceptable(`This request asks its user something on the way: accept ${streamType} as well.`);
  }
  return notAcceptable(`This request is answered by notifications: accept ${streamType} as well.`);
}

/** The data of each event. The stream is cancelled when whoever reads them has enough. */
async function* messagesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^data: ?(.+)$/m.exec(event)?.[1];
      if (data !== undefined) {
        yield data;
      }
    }
  }
}

function withType(response: Response, body: string, type: string): Response {
  const headers = new Headers(response.headers);
  headers.set('content-type', type);
  headers.delete('content-length');
  return new Response(body, { status: response.status, headers });
}

function notAcceptable(sentence: string): Response {
  return rpcError(406, rpcCodes.transport, `Not acceptable. ${sentence}`);
}
