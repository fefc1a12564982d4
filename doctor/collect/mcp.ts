import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { TrialCall } from '#platform/business';
import type { Labelled, ListedTool, LongJob } from '../evidence.ts';

/** Milliseconds; a job of the product ends within four minutes. */
const longestJob = 300_000;

/** Runs `use` with a connected client, and disconnects. */
export async function withClient<T>(
  url: string,
  token: string,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client(
    { name: 'mcp-doctor', version: '0.1.0' },
    { versionNegotiation: { mode: 'auto' } },
  );
  const requestInit = { headers: { Authorization: `Bearer ${token}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit }));
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

export async function listTools(url: string, token: string): Promise<ListedTool[]> {
  const { tools } = await withClient(url, token, (client) => client.listTools());
  return tools.map(({ name, inputSchema, outputSchema }) => ({
    name,
    typedInput: inputSchema.type === 'object',
    typedOutput: outputSchema !== undefined,
  }));
}

/** @throws Error when the call is refused */
export async function callOnce(
  url: string,
  token: string,
  { tool, arguments: args }: TrialCall,
): Promise<Labelled> {
  const result = await withClient(url, token, (client) => client.callTool({ name: tool, arguments: args }));
  if (result.isError) {
    throw new Error(`${tool} was refused: ${JSON.stringify(result.content)}`);
  }
  return { tool, meta: result._meta };
}

/**
 * Milliseconds that a client needs to connect and to have the list of tools.
 * @param now milliseconds, only ever forward
 */
export async function timeFirstConnect(
  url: string,
  token: string,
  now: () => number = () => performance.now(),
): Promise<number> {
  const started = now();
  await listTools(url, token);
  return now() - started;
}

/**
 * Has a long job run, and notes when what was heard.
 * @param now milliseconds, only ever forward
 */
export async function watchLongJob(
  url: string,
  token: string,
  job: TrialCall,
  now: () => number = () => performance.now(),
): Promise<LongJob> {
  return await withClient(url, token, async (client) => {
    const started = now();
    const since = () => now() - started;
    const progress: { at: number; value: number }[] = [];
    const result = await client.callTool(
      { name: job.tool, arguments: job.arguments },
      {
        onprogress: ({ progress: value }) => progress.push({ at: since(), value }),
        timeout: longestJob,
      },
    );
    if (result.isError) {
      throw new Error(`the job was refused: ${JSON.stringify(result.content)}`);
    }
    return { progress, endedAt: since() };
  });
}
