import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import { apiApp } from '#emulators/identity/directory';

export interface ProtectedResource {
  /** Address of the MCP endpoint, and the `resource` that its metadata names. */
  readonly url: string;
  stop(): Promise<void>;
}

/** The least an MCP server must do for a client that knows only its address: challenge, metadata, check of the token. */
export async function startProtectedResource(issuer: string): Promise<ProtectedResource> {
  const keys = createRemoteJWKSet(new URL(issuer.replace(/v2\.0$/, 'discovery/v2.0/keys')));
  const server = http.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `${origin}/mcp`;
  const metadataUrl = `${origin}/.well-known/oauth-protected-resource/mcp`;
  const scopes = [`${url}/${apiApp.scope}`];
  server.on('request', async (request, response) => {
    if (`${origin}${request.url}` === metadataUrl) {
      return answerJson(response, 200, {
        resource: url,
        authorization_servers: [issuer],
        scopes_supported: scopes,
      });
    }
    if (`${origin}${request.url}` !== url) {
      return answerJson(response, 404, {});
    }
    const token = request.headers.authorization?.replace('Bearer ', '');
    if (token === undefined) {
      response.setHeader('WWW-Authenticate', `Bearer resource_metadata="${metadataUrl}", scope="${scopes}"`);
      return answerJson(response, 401, {});
    }
    const { payload } = await jwtVerify(token, keys, { issuer, audience: apiApp.clientId });
    await serve(request, response, url, payload);
  });
  return {
    url,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answerJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** One tool, `whoami`, tells the caller's object id. */
async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  url: string,
  { oid }: JWTPayload,
): Promise<void> {
  const handler = createMcpHandler(() => {
    const server = new McpServer({ name: 'protected', version: '1.0.0' });
    server.registerTool('whoami', {}, () => ({ content: [{ type: 'text', text: String(oid) }] }));
    return server;
  });
  const { method = 'GET' } = request;
  const answer = await handler.fetch(
    new Request(url, {
      method,
      headers: request.headers as Record<string, string>,
      ...(method === 'POST' ? { body: await text(request) } : {}),
    }),
  );
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
}
