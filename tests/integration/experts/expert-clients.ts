import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';

/** What the user of a client does when asked; nobody can be asked when there is none. */
export type User = (question: string) => Said | Promise<Said>;
export type Said = 'yes' | 'no' | 'decline';

export interface ExpertClient {
  call(name: string, args: object): Promise<ExpertReply>;
  toolNames(): Promise<string[]>;
  close(): Promise<void>;
}

export interface ExpertReply {
  readonly refused: boolean;
  readonly text: string;
  readonly data: Record<string, unknown>;
  /** What was told while the expert worked. */
  readonly told: readonly string[];
}

export interface Reach {
  readonly url: string;
  readonly token: string;
  readonly fetch?: typeof fetch;
  readonly user?: User;
}

export type Connect = (reach: Reach) => Promise<ExpertClient>;

/** Real clients of both lines, which speak the revisions of 2026 and of 2025. */
export const eras: readonly (readonly [era: string, Connect])[] = [
  ['2026-07-28', newest],
  ['2025-11-25', former],
];

async function newest({ url, token, fetch: reach, user }: Reach): Promise<ExpertClient> {
  const client = new Client(
    { name: 'tests', version: '1' },
    {
      capabilities: user === undefined ? {} : { elicitation: { form: {} } },
      versionNegotiation: { mode: { pin: '2026-07-28' } },
    },
  );
  if (user !== undefined) {
    client.setRequestHandler('elicitation/create', async ({ params }) =>
      answerOf(await user(params.message)),
    );
  }
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers: { Authorization: `Bearer ${token}` } },
    ...(reach !== undefined && { fetch: reach }),
  });
  await client.connect(transport);
  return {
    call: (name, args) =>
      telling((onprogress) =>
        client.callTool({ name, arguments: { ...args } }, { onprogress, timeout: 50_000 }),
      ),
    toolNames: async () => (await client.listTools()).tools.map((tool) => tool.name),
    close: () => client.close(),
  };
}

async function former({ url, token, fetch: reach, user }: Reach): Promise<ExpertClient> {
  const client = new ClientV1(
    { name: 'tests', version: '1' },
    { capabilities: user === undefined ? {} : { elicitation: {} } },
  );
  if (user !== undefined) {
    client.setRequestHandler(ElicitRequestSchema, async ({ params }) => answerOf(await user(params.message)));
  }
  const transport = new TransportV1(new URL(url), {
    requestInit: { headers: { Authorization: `Bearer ${token}` } },
    ...(reach !== undefined && { fetch: reach }),
  });
  // The 1.x transport's declared types do not hold under exactOptionalPropertyTypes.
  await client.connect(transport as Parameters<typeof client.connect>[0]);
  return {
    call: (name, args) =>
      telling((onprogress) =>
        client.callTool({ name, arguments: { ...args } }, undefined, { onprogress, timeout: 50_000 }),
      ),
    toolNames: async () => (await client.listTools()).tools.map((tool) => tool.name),
    close: () => client.close(),
  };
}

function answerOf(said: Said) {
  return said === 'decline'
    ? { action: 'decline' as const }
    : { action: 'accept' as const, content: { confirm: said === 'yes' } };
}

async function telling(
  call: (onprogress: (seen: { message?: string | undefined }) => void) => Promise<unknown>,
): Promise<ExpertReply> {
  const told: string[] = [];
  const result = (await call(({ message = '' }) => told.push(message))) as {
    readonly isError?: boolean;
    readonly content?: readonly { readonly text?: string }[];
    readonly structuredContent?: Record<string, unknown>;
  };
  return {
    refused: result.isError === true,
    text: result.content?.[0]?.text ?? '',
    data: result.structuredContent ?? {},
    told,
  };
}
