import { randomUUID } from 'node:crypto';
import {
  type JSONRPCMessage,
  type MessageExtraInfo,
  type RequestId,
  type Transport,
  type TransportSendOptions,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import { keptAliveElsewhere } from '../../http/streamed-response.ts';
import { type StreamName, toClient } from './server-request-id.ts';
import type { ClientProfile } from './session-id.ts';

/**
 * Serves one request of a session: the SDK's HTTP transport, with a server object that first learns who its client is,
 * and with requests to the client that can be answered through any instance.
 */
export class SessionTransport implements Transport {
  onclose?: (() => void) | undefined;
  onerror?: ((error: Error) => void) | undefined;
  onmessage?: ((message: JSONRPCMessage, extra?: MessageExtraInfo) => void) | undefined;
  /** The request's own handling: what it is asked with, what it answers. */
  readonly http: WebStandardStreamableHTTPServerTransport;
  /** Called before each request to the client, whose answer may come through any instance. */
  onasking: (() => Promise<void>) | undefined;
  readonly #request: RequestId | undefined;
  readonly #stream: StreamName;
  /** The replay that is under way. Its id is random, and nothing of the client's is handled before it is over. */
  #replay: { readonly id: RequestId; readonly done: () => void } | undefined;

  /**
   * @param request id of the request that is served; undefined for a notification
   * @param stream its name within the session
   * @param newSession the session id with which an `initialize` is answered
   */
  constructor(request: RequestId | undefined, stream: StreamName, newSession?: string) {
    this.#request = request;
    this.#stream = stream;
    this.http = new WebStandardStreamableHTTPServerTransport({
      keepAliveMs: keptAliveElsewhere,
      ...(newSession !== undefined && { sessionIdGenerator: () => newSession }),
    });
    this.http.onclose = () => this.onclose?.();
    this.http.onerror = (error) => this.onerror?.(error);
    this.http.onmessage = (message, extra) => this.onmessage?.(message, extra);
  }

  start(): Promise<void> {
    return this.http.start();
  }

  close(): Promise<void> {
    return this.http.close();
  }

  setSupportedProtocolVersions(versions: string[]): void {
    this.http.setSupportedProtocolVersions(versions);
  }

  async send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
    if (this.#replay !== undefined && 'id' in message && message.id === this.#replay.id) {
      return this.#replay.done();
    }
    if ('id' in message && 'method' in message) {
      await this.onasking?.();
    }
    // There is no stream but the request's own, so what relates to nothing goes there, too.
    const relatedRequestId = options?.relatedRequestId ?? this.#request;
    await this.http.send(
      toClient(message, this.#stream),
      relatedRequestId === undefined ? {} : { relatedRequestId },
    );
  }

  /** Says the client's `initialize` again, to a server object that never heard it. */
  async replay(profile: ClientProfile): Promise<void> {
    const id = randomUUID();
    await new Promise<void>((done) => {
      this.#replay = { id, done };
      this.deliver({ jsonrpc: '2.0', id, method: 'initialize', params: { ...profile } });
    });
    this.#replay = undefined;
  }

  /** Hands over a message that reached the server by another way than this request. */
  deliver(message: JSONRPCMessage): void {
    this.onmessage?.(message);
  }
}
