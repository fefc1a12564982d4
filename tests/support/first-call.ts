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

/** What a client brings for OAuth, and the parameters of the answer that its person came back with. */
export type SigningIn = OAuthClientProvider & { readonly answer: URLSearchParams };

const firstCall = { name: 'get_customer_detail', arguments: { customer_id: 251 } };

/**
 * Signs in with the SDK 2.x, and calls a tool.
 * @returns what the tool answers
 * @throws AssertionError when the first request is not answered with 401
 */
export async function callWith2x(address: string, signingIn: SigningIn): Promise<unknown> {
  const newClient = () =>
    new Client({ name: 'a-client', version: '1' }, { versionNegotiation: { mode: 'auto' } });
  const transport = () => new StreamableHTTPClientTransport(new URL(address), { authProvider: signingIn });
  const unauthorized = transport();
  await assert.rejects(newClient().connect(unauthorized), onlyA(UnauthorizedError));
  await unauthorized.finishAuth(signingIn.answer);
  const connected = newClient();
  await connected.connect(transport());
  const result = await connected.callTool(firstCall);
  await connected.close();
  return result.structuredContent;
}

/** The same with the SDK 1.x. */
export async function callWith1x(address: string, signingIn: SigningIn): Promise<unknown> {
  const newClient = () => new ClientV1({ name: 'a-client', version: '1' });
  const transport = () => new TransportV1(new URL(address), { authProvider: signingIn as never });
  const connect = (to: TransportV1, one = newClient()) =>
    one.connect(to as Parameters<typeof one.connect>[0]).then(() => one);
  const unauthorized = transport();
  await assert.rejects(connect(unauthorized), onlyA(UnauthorizedV1));
  await unauthorized.finishAuth(signingIn.answer.get('code') ?? '');
  const connected = await connect(transport());
  const result = await connected.callTool(firstCall);
  await connected.close();
  return result.structuredContent;
}

/** Anything else, such as what went wrong in the browser, is thrown on as it is. */
function onlyA(expected: new (message?: string) => Error): (error: unknown) => boolean {
  return (error) => {
    if (error instanceof expected) {
      return true;
    }
    throw error;
  };
}
