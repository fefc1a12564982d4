import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import * as z from 'zod';
import { plainToolCall } from './plain-tool-call.ts';

const capabilities = { extensions: { 'io.modelcontextprotocol/tasks': {} } };
const begun = z.object({ result: z.object({ taskId: z.string() }) });
const task = z.looseObject({ status: z.string() });

/** A client of 2026-07-28 that follows calls as tasks. */
export interface TaskClient {
  /** Calls a tool; resolves with the id of its task. */
  begin(name: string, args: Readonly<Record<string, unknown>>): Promise<string>;
  get(taskId: string): Promise<z.infer<typeof task>>;
  cancel(taskId: string): Promise<void>;
  close(): Promise<void>;
}

export async function taskClient({
  url,
  token,
}: {
  readonly url: string;
  readonly token: string;
}): Promise<TaskClient> {
  const client = new Client(
    { name: 'tests', version: '1' },
    { capabilities, versionNegotiation: { mode: 'auto' } },
  );
  const requestInit = { headers: { Authorization: `Bearer ${token}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit }));
  return {
    async begin(name, args) {
      const response = await plainToolCall({ url, token, name, arguments: args, capabilities });
      return begun.parse(await response.json()).result.taskId;
    },
    get: (taskId) => client.request({ method: 'tasks/get', params: { taskId } }, task),
    async cancel(taskId) {
      await client.request({ method: 'tasks/cancel', params: { taskId } }, z.looseObject({}));
    },
    close: () => client.close(),
  };
}
