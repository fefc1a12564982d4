import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import * as z from 'zod';
import { progressLine } from '../../client/progress-line.ts';
import type { Report } from '../report.ts';

export interface TaskScene {
  /** Address of the experts endpoint. */
  readonly url: string;
  readonly token: string;
  /** Kills the backend without warning and starts it again. */
  readonly crash: () => Promise<void>;
}

const extension = 'io.modelcontextprotocol/tasks';
const capabilities = { extensions: { [extension]: {} } };

const taskShape = z.looseObject({
  taskId: z.string(),
  status: z.enum(['working', 'input_required', 'completed', 'failed', 'cancelled']),
  statusMessage: z.string().optional(),
});
type Task = z.infer<typeof taskShape>;

/** The same job as a task: a handle at once; cancelled half-way; and through a crash of the backend. */
export async function tasks({ url, token, crash }: TaskScene, report: Report): Promise<void> {
  report.scene('The job as a task');
  const client = new Client(
    { name: 'contoso-mcp-demo', version: '0.1.0' },
    { capabilities, versionNegotiation: { mode: 'auto' } },
  );
  const requestInit = { headers: { Authorization: `Bearer ${token}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit }));
  try {
    const cancelled = await begin(url, token);
    report.check(`a handle at once: ${cancelled.taskId}`, cancelled.status === 'working');
    await until(client, cancelled.taskId, (task) => stepOf(task) >= 3);
    await client.request({ method: 'tasks/cancel', params: { taskId: cancelled.taskId } }, z.looseObject({}));
    report.check(
      'cancelled half-way, it stays cancelled',
      (await look(client, cancelled.taskId)).status === 'cancelled',
    );

    const { taskId } = await begin(url, token);
    await until(client, taskId, (task) => stepOf(task) >= 4);
    await crash();
    report.say('The backend was killed in the middle and started again.');
    const finished = await until(client, taskId, ({ status }) => status !== 'working');
    const result = finished.result as { structuredContent?: { status?: string } } | undefined;
    report.check(
      'the task goes on and its result is there',
      finished.status === 'completed' && result?.structuredContent?.status !== undefined,
    );
  } finally {
    await client.close();
  }
}

/** Calls the tool as a client that takes tasks. The client library cannot read a handle yet, so this is the bare message. */
async function begin(url: string, token: string): Promise<Task> {
  const name = 'trouble_shoot_device';
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
      'MCP-Protocol-Version': '2026-07-28',
      'Mcp-Method': 'tools/call',
      'Mcp-Name': name,
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: {
        name,
        arguments: { detail: 'No signal in the cellar.', device_name: 'router-7', subscription_id: 252 },
        _meta: {
          'io.modelcontextprotocol/protocolVersion': '2026-07-28',
          'io.modelcontextprotocol/clientCapabilities': capabilities,
        },
      },
    }),
  });
  const { result } = (await response.json()) as { result: unknown };
  return taskShape.parse(result);
}

/** Which of the nine steps a task is at, as its message says. */
function stepOf({ statusMessage = '' }: Task): number {
  return Number(/^Step (\d)/.exec(statusMessage)?.[1] ?? 0);
}

function look(client: Client, taskId: string): Promise<Task> {
  return client.request({ method: 'tasks/get', params: { taskId } }, taskShape);
}

/**
 * Polls the task until it is as wanted, and shows its status messages. A backend that does not answer is asked again.
 */
async function until(client: Client, taskId: string, wanted: (task: Task) => boolean): Promise<Task> {
  const line = progressLine(process.stdout);
  let told = '';
  for (;;) {
    const task = await look(client, taskId).catch(() => undefined);
    if (task !== undefined && wanted(task)) {
      line.end();
      return task;
    }
    if (task?.statusMessage !== undefined && task.statusMessage !== told) {
      told = task.statusMessage;
      line.show(Math.round((stepOf(task) * 100) / 9), 100, told);
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
