import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import * as z from 'zod';

/** A service whose only tool reports progress, at moments that its own clock makes up. */
export interface JobServer {
  readonly url: string;
  /** Milliseconds; each step of the job takes 5000. */
  readonly now: () => number;
  stop(): Promise<void>;
}

const steps = 3;
const stepMilliseconds = 5_000;

/** @param way `buffered` passes the answer on in one piece, as a gateway that looks at bodies does */
export async function startJobServer(way: 'streamed' | 'buffered'): Promise<JobServer> {
  let clock = 0;
  let heard: () => void = () => {};
  const handler = createMcpHandler(
    () => {
      const server = new McpServer({ name: 'jobs', version: '1.0.0' });
      const inputSchema = z.object({ detail: z.string(), device_name: z.string() });
      server.registerTool('trouble_shoot_device', { inputSchema }, async (_, { mcpReq }) => {
        for (let progress = 1; progress <= steps; progress += 1) {
          clock += stepMilliseconds;
          const arrived = new Promise<void>((resolve) => {
            heard = resolve;
          });
          const progressToken = mcpReq._meta?.progressToken ?? '';
          await mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress } });
          // the client looks at the clock when it hears something; buffered, it hears nothing before the end
          if (way === 'streamed') {
            await arrived;
          }
        }
        clock += stepMilliseconds;
        return { content: [{ type: 'text', text: 'Nothing is wrong.' }] };
      });
      return server;
    },
    { responseMode: 'sse' },
  );
  const server = createServer(async (request, response) => {
    const answer = await handler.fetch(
      new Request(`http://localhost${request.url}`, {
        method: request.method ?? 'POST',
        headers: request.headers as Record<string, string>,
        ...(request.method === 'POST' && { body: await text(request) }),
      }),
    );
    await send(answer, response, way === 'buffered');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    now() {
      heard();
      return clock;
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function send(answer: Response, response: ServerResponse, buffered: boolean): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (buffered) {
    response.end(await answer.text());
  } else {
    for await (const chunk of answer.body ?? []) {
      response.write(chunk);
    }
    response.end();
  }
}
