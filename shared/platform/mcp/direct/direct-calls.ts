import {
  type Implementation,
  PROTOCOL_VERSION_META_KEY,
  ProtocolError,
  SERVER_INFO_META_KEY,
} from '@modelcontextprotocol/server';
import { LeastRecentlyUsed } from '../../caching/lru.ts';
import { WholeResponse } from '../../http/whole-response.ts';
import type { Principal } from '../../identity/principal.ts';
import { endless, isCalledOff } from '../calling-off.ts';
import { type ClientExtensions, extensionsSaidIn } from '../client-extensions.ts';
import { jsonType, streamType } from '../http/accept.ts';
import { withConstantHeaders } from '../http/common-headers.ts';
import type { JsonObject } from '../message/json-object.ts';
import { inOwnWords } from '../own-words.ts';
import type { RegisteredTool } from '../registry.ts';
import { briefly } from '../server-identity.ts';
import { type Surface, shownTo } from '../surface.ts';
import { jsonOfResult, type ToolResult, toolAnswer } from '../tool-answer.ts';
import { callContext } from './call-context.ts';
import { type PlainCall, plainCallIn } from './plain-call.ts';

/** Kinds of clients that are remembered. */
const mostEnvelopes = 256;

/** How the protocol layer answered a call with the same envelope. */
interface Learned {
  readonly era: 'modern' | 'legacy';
  readonly headers: Headers;
  readonly extensions: ClientExtensions;
}

/**
 * Calls of tools that only read, answered without the protocol layer: it makes a server object, a transport and a stream
 * for each message, and reads the message again at every step. Whether a message is as the protocol wants it, it alone
 * decides: a call is answered here only after one with the same envelope was answered there, and in the same form.
 * `tests/unit/mcp/direct/` compares the two.
 */
export class DirectCalls {
  readonly #surface: Surface;
  readonly #tools: Pick<Surface['tools'], 'find'>;
  /** By name: each is looked at once. */
  readonly #eligible = new Map<string, RegisteredTool | undefined>();
  readonly #learned = new LeastRecentlyUsed<string, Learned>(mostEnvelopes);

  constructor(surface: Surface) {
    this.#surface = surface;
    const leftAlone = surface.extensions.every(({ leavesCalls }) => leavesCalls === true);
    const isServed = leftAlone && surface.approval === undefined;
    this.#tools = { find: (name) => (isServed && typeof name === 'string' ? this.#find(name) : undefined) };
  }

  /**
   * Answers a message, if it is a plain call of a kind that is known.
   * @param ask gets the answer from the protocol layer
   */
  answer(
    message: { readonly request: Request; readonly body: JsonObject; readonly principal: Principal },
    ask: () => Promise<Response>,
  ): Promise<Response> {
    const call = plainCallIn(message.request, message.body, this.#tools);
    if (call === undefined) {
      return ask();
    }
    const learned = this.#learned.get(call.envelope);
    return learned === undefined
      ? this.#learnFrom(call, message.body, ask)
      : this.#answer(call, message.request, message.principal, learned);
  }

  async #learnFrom(call: PlainCall, body: JsonObject, ask: () => Promise<Response>): Promise<Response> {
    const response = await ask();
    this.#learn(call, body, response);
    return response;
  }

  #find(name: string): RegisteredTool | undefined {
    if (!this.#eligible.has(name)) {
      const tool = this.#surface.tools.find(name);
      if (tool === undefined) {
        return undefined;
      }
      this.#eligible.set(name, isEligible(tool) ? tool : undefined);
    }
    return this.#eligible.get(name);
  }

  #learn({ envelope }: PlainCall, body: JsonObject, { status, headers }: Response): void {
    const { _meta: meta } = body.params as { readonly _meta?: object };
    const era = meta !== undefined && PROTOCOL_VERSION_META_KEY in meta ? 'modern' : 'legacy';
    const form = headers.get('content-type');
    if (status === 200 && form === (era === 'modern' ? jsonType : streamType)) {
      this.#learned.set(envelope, {
        era,
        headers: withConstantHeaders(new Headers(headers)),
        extensions: extensionsSaidIn(body),
      });
    }
  }

  async #answer(
    { id, tool, arguments: args }: PlainCall,
    request: Request,
    principal: Principal,
    { era, headers, extensions }: Learned,
  ): Promise<Response> {
    const served = { era, principal, revision: undefined, extensions, introduces: false };
    const surface = shownTo(served, this.#surface);
    const { endpoint, run, info, lifetime = endless } = surface;
    const context = callContext(request, id, principal);
    let outcome: string;
    try {
      const answer = await run(tool.operation, {
        principal,
        endpoint,
        arguments: args,
        context,
        canAsk: false,
        calledOff: () => isCalledOff(served, context, lifetime),
      });
      const result = toolAnswer(answer, surface);
      outcome = `"result":${jsonOfResult(result, era === 'modern' ? stampOn(result, info) : {})}`;
    } catch (error) {
      if (!(error instanceof ProtocolError)) {
        throw error;
      }
      const { code, message, data } = error;
      outcome = `"error":${JSON.stringify(inOwnWords({ code, message, data }))}`;
    }
    const text = `{"jsonrpc":"2.0","id":${JSON.stringify(id)},${outcome}}`;
    return new WholeResponse(era === 'modern' ? text : `event: message\ndata: ${text}\n\n`, headers);
  }
}

/**
 * Such a call asks nobody anything, has nothing of its arguments in headers (SEP-2243), and a result that every revision
 * takes as it is.
 */
function isEligible({ operation, wire }: RegisteredTool): boolean {
  const { effects, confirmation, approval, about } = operation;
  const asks = confirmation !== undefined || approval !== undefined || about !== undefined;
  const inHeaders = JSON.stringify(wire.inputSchema).includes('"x-mcp-header"');
  return effects === 'reads' && !asks && !inHeaders && wire.outputSchema?.type === 'object';
}

/** As every result of the newer revision says: that it is complete, and whose it is. */
function stampOn({ _meta: meta }: ToolResult, info: Implementation) {
  return { resultType: 'complete', _meta: { ...meta, [SERVER_INFO_META_KEY]: briefly(info) } };
}
