import { address, type Instances } from './support.ts';

export const tasksCapability = { extensions: { 'io.modelcontextprotocol/tasks': {} } };

/** The messages of the 2026-07-28 era that the tests look at. */
export interface Message {
  readonly method?: string;
  readonly params?: { readonly [key: string]: unknown };
  readonly result?: { readonly [key: string]: unknown };
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

export interface Sent {
  readonly user?: string;
  readonly capabilities?: object;
  readonly meta?: object;
  readonly signal?: AbortSignal;
}

/** Posts one request of the 2026-07-28 era; by default from a client that takes tasks. */
export function post(
  service: Instances,
  method: string,
  params: {
    readonly name?: string | undefined;
    readonly taskId?: string | undefined;
    readonly [key: string]: unknown;
  } = {},
  { user = 'ada', capabilities = tasksCapability, meta = {}, signal }: Sent = {},
): Promise<Response> {
  const name = params.name ?? params.taskId;
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': capabilities,
    ...meta,
  };
  return service.fetchAs(user)(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      ...(name !== undefined && { 'mcp-name': name }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 7, method, params: { ...params, _meta } }),
    ...(signal && { signal }),
  });
}

/** The one message that answers. */
export async function ask(...sent: Parameters<typeof post>): Promise<Message> {
  const response = await post(...sent);
  return (await response.json()) as Message;
}

/** Starts a task and gives its id. */
export async function start(
  service: Instances,
  name: string,
  args: object = {},
  sent: Sent = {},
): Promise<string> {
  const { result } = await ask(service, 'tools/call', { name, arguments: args }, sent);
  if (result?.resultType !== 'task') {
    throw new Error(`${name} did not become a task.`);
  }
  return String(result.taskId);
}

/** Every message of a stream as it comes, comments left out, up to the stream's end. */
export async function* streamed(response: Response): AsyncGenerator<Message> {
  for await (const frame of frames(response)) {
    const data = frame.split('\n').find((line) => line.startsWith('data: '));
    if (data !== undefined) {
      yield JSON.parse(data.slice('data: '.length)) as Message;
    }
  }
}

/** The frames of a stream, comments included. */
export async function* frames(response: Response): AsyncGenerator<string> {
  if (response.body === null) {
    return;
  }
  let rest = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + chunk).split('\n\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
}

/** Looks at the task until it satisfies the condition. */
export async function until(
  service: Instances,
  taskId: string,
  satisfied: (task: { readonly [key: string]: unknown }) => boolean,
): Promise<{ readonly [key: string]: unknown }> {
  for (;;) {
    const { result, error } = await ask(service, 'tasks/get', { taskId });
    if (result === undefined) {
      throw new Error(error?.message);
    }
    if (satisfied(result)) {
      return result;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
