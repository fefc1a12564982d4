import assert from 'node:assert/strict';
import {
  Client,
  type OAuthClientProvider,
  StreamableHTTPClientTransport,
  UnauthorizedError,
} from '@modelcontextprotocol/client';
import { UnauthorizedError as UnauthorizedV1 } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

/** What a client brings for OAuth, and the parameters of the answer that its person came back with, where one was asked. */
export type SigningIn = OAuthClientProvider & { readonly answer: URLSearchParams };

/** A client of one line of the SDK that has found its way in. */
export interface Connected {
  /** The revision that it and the service agreed on. */
  readonly protocol: string | undefined;
  toolNames(): Promise<readonly string[]>;
  /** @returns what the tool answers. @throws when the call is refused */
  call(name: string, args: Record<string, unknown>): Promise<unknown>;
  close(): Promise<void>;
}

/** Gets a client from nothing but the address to a connection, with a sign-in on the way where it has no token yet. */
export type Connect = (address: string, signingIn: SigningIn) => Promise<Connected>;

/** With the SDK 2.x. */
export const connect2x: Connect = async (address, signingIn) => {
  const connected = async (transport: StreamableHTTPClientTransport) => {
    const client = new Client({ name: 'a-client', version: '1' }, { versionNegotiation: { mode: 'auto' } });
    await client.connect(transport);
    return client;
  };
  const transport = () => new StreamableHTTPClientTransport(new URL(address), { authProvider: signingIn });
  const first = transport();
  const client = await connected(first).catch(async (error: unknown) => {
    onlyA(UnauthorizedError, error);
    await first.finishAuth(signingIn.answer);
    return await connected(transport());
  });
  return connectedOf(client, client.getNegotiatedProtocolVersion());
};

/** The same with the SDK 1.x. */
export const connect1x: Connect = async (address, signingIn) => {
  const connected = async (transport: TransportV1) => {
    const client = new ClientV1({ name: 'a-client', version: '1' });
    await client.connect(transport as Parameters<typeof client.connect>[0]);
    return { client, protocol: transport.protocolVersion };
  };
  const transport = () => new TransportV1(new URL(address), { authProvider: signingIn as never });
  const first = transport();
  const { client, protocol } = await connected(first).catch(async (error: unknown) => {
    onlyA(UnauthorizedV1, error);
    await first.finishAuth(signingIn.answer.get('code') ?? '');
    return await connected(transport());
  });
  return connectedOf(client, protocol);
};

/** What both lines have. */
interface Calling {
  listTools(): Promise<{ readonly tools: readonly { readonly name: string }[] }>;
  callTool(call: {
    name: string;
    arguments: Record<string, unknown>;
  }): Promise<{ readonly structuredContent?: unknown; readonly [field: string]: unknown }>;
  close(): Promise<void>;
}

function connectedOf(client: Calling, protocol: string | undefined): Connected {
  return {
    protocol,
    toolNames: async () => (await client.listTools()).tools.map(({ name }) => name),
    call: async (name, args) => (await client.callTool({ name, arguments: args })).structuredContent,
    close: () => client.close(),
  };
}

/** Anything else, such as what went wrong in the browser, is thrown on as it is. */
function onlyA(expected: new (message?: string) => Error, error: unknown): void {
  if (!(error instanceof expected)) {
    throw error;
  }
}

/**
 * Signs a person in, and calls a tool.
 * @returns what the tool answers
 * @throws AssertionError when nobody was asked to sign in
 */
const firstCall =
  (connect: Connect) =>
  async (address: string, signingIn: SigningIn): Promise<unknown> => {
    const client = await connect(address, signingIn);
    assert.ok(signingIn.answer.has('code'), 'The service let a client in that had no token.');
    const answered = await client.call('get_customer_detail', { customer_id: 251 });
    await client.close();
    return answered;
  };

export const callWith2x = firstCall(connect2x);
export const callWith1x = firstCall(connect1x);
