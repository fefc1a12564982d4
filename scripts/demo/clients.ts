import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { type ConnectOptions, connect } from '../client/connect.ts';

/** What a tool call gave, whichever protocol revision carried it. */
export interface Answer {
  readonly text: string;
  readonly data: Record<string, unknown>;
  readonly refused: boolean;
}

export type OnProgress = (progress: number, total: number, message: string) => void;

/** A connected client of one protocol era. */
export interface DemoClient {
  readonly era: string;
  toolNames(): Promise<string[]>;
  call(tool: string, args?: Record<string, unknown>, onProgress?: OnProgress): Promise<Answer>;
  close(): Promise<void>;
}

/** The official 2.x client, which speaks 2026-07-28. */
export async function currentClient(options: ConnectOptions): Promise<DemoClient> {
  const client = await connect(options);
  return {
    era: `2.x client, protocol ${client.getNegotiatedProtocolVersion()}`,
    toolNames: async () => (await client.listTools()).tools.map((tool) => tool.name),
    call: async (name, args = {}, onProgress) =>
      toAnswer(await client.callTool({ name, arguments: args }, patiently(onProgress))),
    close: () => client.close(),
  };
}

/** The official 1.x client, which speaks the revisions of 2025. */
export async function formerClient({ url, token }: ConnectOptions): Promise<DemoClient> {
  const client = new ClientV1({ name: 'contoso-mcp-demo', version: '0.1.0' });
  const transport = new TransportV1(new URL(url), {
    requestInit: { headers: { Authorization: `Bearer ${token}` } },
  });
  // The 1.x transport's declared types do not hold under exactOptionalPropertyTypes.
  await client.connect(transport as Parameters<typeof client.connect>[0]);
  return {
    era: '1.x client, protocol 2025-11-25',
    toolNames: async () => (await client.listTools()).tools.map((tool) => tool.name),
    call: async (name, args = {}, onProgress) =>
      toAnswer(
        (await client.callTool({ name, arguments: args }, undefined, patiently(onProgress))) as Result,
      ),
    close: () => client.close(),
  };
}

/**
 * Calls a tool and agrees to what it asks: a client that can be asked has answered by itself; any other one passes the
 * code of the refusal back.
 */
export async function callAgreeing(
  client: DemoClient,
  tool: string,
  args: Record<string, unknown>,
): Promise<Answer> {
  const answer = await client.call(tool, args);
  const code = /confirmation_code "([A-Z0-9-]+)"/.exec(answer.text)?.[1];
  return code === undefined ? answer : client.call(tool, { ...args, confirmation_code: code });
}

/** Options of a request in both libraries: progress restarts the time-out. */
function patiently(onProgress: OnProgress = () => {}) {
  return {
    timeout: 60_000,
    resetTimeoutOnProgress: true,
    onprogress: (seen: { progress: number; total?: number | undefined; message?: string | undefined }) =>
      onProgress(seen.progress, seen.total ?? 100, seen.message ?? ''),
  };
}

/** Both libraries' results have these fields. */
interface Result {
  readonly content?: unknown;
  readonly structuredContent?: unknown;
  readonly isError?: unknown;
}

function toAnswer(result: Result): Answer {
  const [first] = result.content as { type: string; text?: string }[];
  return {
    text: first?.text ?? '',
    data: (result.structuredContent ?? {}) as Record<string, unknown>,
    refused: result.isError === true,
  };
}
