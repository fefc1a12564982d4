import {
  isJSONRPCResponse,
  isLegacyRequest,
  type JSONRPCMessage,
  type McpServerFactory,
  type RequestId,
} from '@modelcontextprotocol/server';
import type { Principal } from '../../identity/principal.ts';
import type { TenantId } from '../../identity/tenant.ts';
import type { KeyRing } from '../../key-ring.ts';
import type { SessionMailbox } from '../../storage/session-mailbox.ts';
import { noteCalledOff } from '../calling-off.ts';
import { extensionsSaidIn } from '../client-extensions.ts';
import type { JsonObject } from '../http/body.ts';
import { rpcCodes, rpcError } from '../http/rpc-error.ts';
import { idOf } from '../message/exact-id.ts';
import { authInfoOf } from '../principal.ts';
import type { ResponseCache } from '../response-cache.ts';
import { cancelRunning } from './cancel-running.ts';
import { MailboxPoller } from './mailbox-poller.ts';
import { ignoringCancel, onResponseEnd } from './response-end.ts';
import { Revocations } from './revocations.ts';
import { newStreamName, type StreamName, slotOf, toServer } from './server-request-id.ts';
import { type Session, SessionIds } from './session-id.ts';
import { SessionTransport } from './session-transport.ts';

export interface SessionOptions {
  /** Secrets that all instances share. */
  readonly signingKeys: KeyRing;
  readonly mailboxOf: (tenant: TenantId) => SessionMailbox;
  readonly now: () => Date;
}

/** A message of a 2025-era client that the caller may send. */
export interface SessionRequest {
  readonly request: Request;
  readonly body: JsonObject;
  readonly principal: Principal;
}

const sessionHeader = 'mcp-session-id';

/**
 * Sessions of 2025-era clients (MCP 2025-11-25, transports, session management) without affinity: any instance serves
 * any request of a session. Answers to the server's own requests, and cancellations, reach the instance that holds the
 * stream through storage.
 */
export class Sessions {
  readonly #serverFor: McpServerFactory;
  readonly #responses: ResponseCache;
  readonly #mailboxOf: SessionOptions['mailboxOf'];
  readonly #now: () => Date;
  readonly #ids: SessionIds;
  readonly #revocations: Revocations;

  /** @param serverFor makes the server object of one request */
  constructor(
    serverFor: McpServerFactory,
    responses: ResponseCache,
    { signingKeys, mailboxOf, now }: SessionOptions,
  ) {
    this.#serverFor = serverFor;
    this.#responses = responses;
    this.#mailboxOf = mailboxOf;
    this.#now = now;
    this.#ids = new SessionIds(signingKeys, now);
    this.#revocations = new Revocations(now);
  }

  /** Whether a message may begin a session or belong to one. */
  concerns({ request, body }: SessionRequest): boolean {
    return body.method === 'initialize' || request.headers.has(sessionHeader);
  }

  /**
   * Answers a message that begins a session or belongs to one; undefined when it does neither.
   * @throws Unavailable when storage does not answer
   */
  async answer(message: SessionRequest): Promise<Response | undefined> {
    const { request, body, principal } = message;
    if (!(this.concerns(message) && (await isLegacyRequest(request, body)))) {
      return undefined;
    }
    if (body.method === 'initialize') {
      const sessionId = this.#ids.issue(body.params, principal);
      return this.#serve(message, { newSession: sessionId });
    }
    const session = this.#ids.open(request.headers.get(sessionHeader) ?? '', principal);
    if (session === undefined || (await this.#isOver(session, message))) {
      return notFound();
    }
    const passedOn = await this.#passOn(session, body, principal);
    if (passedOn !== undefined) {
      return passedOn;
    }
    const { protocolVersion, clientInfo, capabilities } = session;
    return this.#responses.answer(
      { ...message, profile: { protocolVersion, clientInfo, capabilities } },
      () => this.#serve(message, { session }),
    );
  }

  /**
   * Ends the session that a DELETE names, on every instance within five seconds. Ending it again changes nothing.
   * @throws Unavailable when storage does not answer
   */
  async end(request: Request, principal: Principal): Promise<Response> {
    if (!request.headers.has(sessionHeader)) {
      return rpcError(400, rpcCodes.transport, 'Bad request: name the session to end in Mcp-Session-Id.');
    }
    const session = this.#ids.open(request.headers.get(sessionHeader) ?? '', principal);
    if (session === undefined) {
      return notFound();
    }
    const expires = new Date(session.expires * 1_000);
    await this.#revocations.add(session.id, expires, this.#mailboxOf(principal.tenant));
    return new Response(null, { status: 204 });
  }

  /** Whether the client ended the session. A notification does nothing, so storage is not asked for its sake. */
  async #isOver({ id }: Session, { body, principal }: SessionRequest): Promise<boolean> {
    return body.id !== undefined && this.#revocations.has(id, this.#mailboxOf(principal.tenant));
  }

  /**
   * Puts a message for another request of the session into the mailbox, where the instance that serves that request
   * finds it.
   */
  async #passOn(session: Session, body: JsonObject, { tenant }: Principal): Promise<Response | undefined> {
    const mailbox = this.#mailboxOf(tenant);
    if (body.method === 'notifications/cancelled' && body.id === undefined) {
      const { requestId } = (body.params ?? {}) as JsonObject;
      await cancelRunning(mailbox, session.id, requestId, this.#now);
      return new Response(null, { status: 202 });
    }
    const answer = toServer(body);
    const isAnswer = body.method !== undefined || isJSONRPCResponse(body);
    if (answer === undefined || !isAnswer) {
      return undefined;
    }
    const { stream, message } = answer;
    await mailbox.post({ session: session.id, stream }, slotOf(answer), message, this.#now());
    return new Response(null, { status: 202 });
  }

  /** Makes a server object for the request and first replays to it who its client is. */
  async #serve(
    { request, body, principal }: SessionRequest,
    { session, newSession }: { readonly session?: Session; readonly newSession?: string },
  ): Promise<Response> {
    const stream = newStreamName(idOf(body));
    const transport = new SessionTransport(requestIdOf(body), stream, newSession);
    const { protocolVersion } = session ?? ((body.params ?? {}) as { protocolVersion?: string });
    const extensions = session?.capabilities.extensions ?? extensionsSaidIn(body);
    const authInfo = authInfoOf(principal, protocolVersion, session?.id, extensions);
    const server = await this.#serverFor({ era: 'legacy', authInfo, requestInfo: request });
    await server.connect(transport);
    if (session !== undefined) {
      await transport.replay(session);
    }
    const stop = this.#watch(transport, stream, { request, body, principal }, session);
    const end = () => {
      stop();
      server.close().catch(() => {}); // what it served is over either way
    };
    const response = await transport.http.handleRequest(request, { authInfo, parsedBody: body });
    return ignoringCancel(onResponseEnd(response, end));
  }

  #watch(
    transport: SessionTransport,
    stream: StreamName,
    { request, body, principal }: SessionRequest,
    session?: Session,
  ): () => void {
    if (session === undefined || body.id === undefined) {
      return () => {};
    }
    const poller = new MailboxPoller({
      mailbox: this.#mailboxOf(principal.tenant),
      inbox: { session: session.id, stream },
      now: this.#now,
      deliver: ({ messages, cancelled }) => {
        for (const message of messages) {
          transport.deliver(message as JSONRPCMessage);
        }
        if (!cancelled) {
          return;
        }
        noteCalledOff(request);
        const params = { requestId: body.id as RequestId };
        transport.deliver({ jsonrpc: '2.0', method: 'notifications/cancelled', params });
        // A cancelled request is never answered, so nothing else would end its stream.
        void transport.close();
      },
    });
    transport.onasking = () => poller.open();
    return () => poller.stop();
  }
}

/** Undefined for a notification, and for what is not JSON-RPC at all. */
function requestIdOf({ id }: JsonObject): RequestId | undefined {
  return typeof id === 'string' || typeof id === 'number' ? id : undefined;
}

/** One answer to whatever is wrong with a session id: the client has to initialize again. */
function notFound(): Response {
  return rpcError(404, sessionNotFound, 'Session not found: initialize again.');
}

/** The code that the SDKs use for it. */
const sessionNotFound = -32001;
