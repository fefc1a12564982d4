import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';

/** What the server answers to one chat request. */
export type ChatStep =
  | { readonly text: string; readonly finish?: 'stop' | 'length' | 'content_filter' }
  /** Arguments that are text are sent as they are, broken or not. */
  | { readonly calls: readonly { readonly name: string; readonly arguments: object | string }[] }
  | { readonly status: number; readonly code?: string; readonly headers?: Readonly<Record<string, string>> }
  | RawStep
  /** Never answers, or begins an answer and never ends it. */
  | { readonly hang: 'headers' | 'body' };

/** An answer as it is, for what other servers send. */
export interface RawStep {
  /** An object is sent as JSON. */
  readonly raw: string | object;
  /** 200 when left out. */
  readonly status?: number;
  /** Media type, `application/json` when left out. */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Announces more than it sends, and closes the connection. */
  readonly cut?: boolean;
}

/** What a strict server says to a request that it does not take. */
export type Rule = (body: z.infer<typeof chatBody>) => RawStep | undefined;

export interface FakeRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: z.infer<typeof chatBody> | z.infer<typeof embeddingsBody>;
}

export interface FakeOpenAi {
  /** Without a path. */
  readonly url: string;
  /** Of an OpenAI-compatible server. */
  readonly baseUrl: string;
  readonly requests: readonly FakeRequest[];
  /** The messages of the chat requests so far. */
  chats(): z.infer<typeof chatBody>[];
  /** Appends steps; each chat request takes the first one that is left. */
  plan(...steps: readonly ChatStep[]): void;
  /** Chat requests that a rule refuses take no step. */
  refuse(rule: Rule): void;
  /** Refuses embedding requests of more texts. */
  limitEmbeddings(most: number, refusal: RawStep): void;
  /** What to answer to embedding requests, as it is. */
  answerEmbeddings(answer: RawStep): void;
  /** Makes embedding requests fail with this status until told otherwise. */
  failEmbeddings(status: number | undefined): void;
  stop(): Promise<void>;
}

const message = z.union([
  z.object({ role: z.enum(['system', 'user']), content: z.string() }),
  z.object({ role: z.literal('tool'), tool_call_id: z.string(), content: z.string() }),
  z.object({
    role: z.literal('assistant'),
    content: z.string().nullish(),
    tool_calls: z
      .array(
        z.object({
          id: z.string(),
          type: z.literal('function'),
          function: z.object({ name: z.string(), arguments: z.string() }),
        }),
      )
      .min(1)
      .optional(),
  }),
]);

const tool = z.object({
  type: z.literal('function'),
  function: z.object({
    name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
    description: z.string(),
    parameters: z.looseObject({ type: z.literal('object') }),
  }),
});

const chatBody = z.looseObject({
  model: z.string(),
  messages: z.array(message).min(1),
  tools: z.array(tool).min(1).optional(),
  max_completion_tokens: z.int().positive().optional(),
  response_format: z.looseObject({ type: z.string() }).optional(),
});

const embeddingsBody = z.looseObject({ model: z.string(), input: z.array(z.string()).min(1) });

/** Chat completions and embeddings as OpenAI, Azure's v1 endpoint and Azure's dated versions serve them. */
const route =
  /^(?:\/openai)?(?:\/v1|\/deployments\/(?<deployment>[^/]+))\/(?<operation>chat\/completions|embeddings)$/;

/** Stands in for a language model: speaks the real wire, says what the test has planned. */
export async function startFakeOpenAi(...steps: readonly ChatStep[]): Promise<FakeOpenAi> {
  const planned = [...steps];
  const requests: FakeRequest[] = [];
  const rules: Rule[] = [];
  let embeddingsStatus: number | undefined;
  let embeddingsLimit: { readonly most: number; readonly refusal: RawStep } | undefined;
  let embeddingsAnswer: RawStep | undefined;
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const match = route.exec(url.pathname)?.groups;
    const body = await readJson(request);
    const parsed = (match?.operation === 'embeddings' ? embeddingsBody : chatBody).safeParse(body);
    if (match === undefined) {
      return sendError(response, 404, 'DeploymentNotFound');
    }
    if (!parsed.success) {
      return sendError(response, 400, 'invalid_request');
    }
    requests.push({ path: url.pathname + url.search, headers: request.headers, body: parsed.data });
    if (match.operation === 'embeddings') {
      if (embeddingsStatus !== undefined) {
        return sendError(response, embeddingsStatus, 'unavailable');
      }
      const asked = embeddingsBody.parse(body);
      if (embeddingsLimit !== undefined && asked.input.length > embeddingsLimit.most) {
        return sendRaw(response, embeddingsLimit.refusal);
      }
      if (embeddingsAnswer !== undefined) {
        return sendRaw(response, embeddingsAnswer);
      }
      return sendJson(response, 200, embeddingsOf(asked));
    }
    const chat = chatBody.parse(body);
    const refusal = rules.map((rule) => rule(chat)).find((one) => one !== undefined);
    if (refusal !== undefined) {
      return sendRaw(response, refusal);
    }
    const problem = unansweredCall(chat.messages);
    if (problem !== undefined) {
      return sendError(response, 400, problem);
    }
    const step = planned.shift();
    if (step === undefined) {
      return sendError(response, 500, 'nothing_planned');
    }
    perform(step, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    baseUrl: `${url}/v1`,
    requests,
    chats: () => requests.flatMap(({ body }) => ('messages' in body ? [chatBody.parse(body)] : [])),
    plan: (...more) => planned.push(...more),
    refuse: (rule) => rules.push(rule),
    limitEmbeddings: (most, refusal) => {
      embeddingsLimit = { most, refusal };
    },
    answerEmbeddings: (answer) => {
      embeddingsAnswer = answer;
    },
    failEmbeddings: (status) => {
      embeddingsStatus = status;
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function perform(step: ChatStep, response: ServerResponse): void {
  if ('hang' in step) {
    if (step.hang === 'body') {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{');
    }
  } else if ('raw' in step) {
    sendRaw(response, step);
  } else if ('status' in step) {
    sendError(response, step.status, step.code ?? 'planned', step.headers);
  } else {
    sendJson(response, 200, completionOf(step));
  }
}

let lastCall = 0;

function completionOf(step: Extract<ChatStep, { text: string } | { calls: unknown }>) {
  const said =
    'calls' in step
      ? {
          finish_reason: 'tool_calls',
          message: {
            role: 'assistant',
            content: null,
            tool_calls: step.calls.map(({ name, arguments: args }) => ({
              id: `call_${++lastCall}`,
              type: 'function',
              function: { name, arguments: typeof args === 'string' ? args : JSON.stringify(args) },
            })),
          },
        }
      : { finish_reason: step.finish ?? 'stop', message: { role: 'assistant', content: step.text } };
  return {
    id: 'chatcmpl-fake',
    object: 'chat.completion',
    created: 0,
    model: 'fake-model-2026',
    choices: [{ index: 0, logprobs: null, ...said }],
    usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
  };
}

/** Like the real service: every tool call has to be answered by a tool message before anything else is said. */
function unansweredCall(messages: z.infer<typeof chatBody>['messages']): string | undefined {
  let open = new Set<string>();
  for (const one of messages) {
    if (one.role === 'tool') {
      if (!open.delete(one.tool_call_id)) {
        return 'tool_message_without_call';
      }
    } else if (open.size > 0) {
      return 'tool_call_without_message';
    } else if (one.role === 'assistant') {
      open = new Set(one.tool_calls?.map(({ id }) => id));
    }
  }
  return open.size > 0 ? 'tool_call_without_message' : undefined;
}

const dimensions = 64;

/** Vectors of words: texts that share words point in similar directions. */
function embeddingsOf({ input, model }: z.infer<typeof embeddingsBody>) {
  return {
    object: 'list',
    model,
    data: input.map((text, index) => ({ object: 'embedding', index, embedding: vectorOf(text) })),
    usage: { prompt_tokens: 1, total_tokens: 1 },
  };
}

function vectorOf(text: string): number[] {
  const vector = new Array<number>(dimensions).fill(0);
  for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) {
    const place = [...word].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % dimensions, 7);
    vector[place] = (vector[place] ?? 0) + 1;
  }
  return vector;
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) {
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    return undefined;
  }
}

function sendError(
  response: ServerResponse,
  status: number,
  code: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  sendJson(
    response,
    status,
    { error: { message: `Failed with ${code}.`, type: 'fake', param: null, code } },
    headers,
  );
}

function sendRaw(response: ServerResponse, { raw, status = 200, type, headers, cut = false }: RawStep): void {
  const text = typeof raw === 'string' ? raw : JSON.stringify(raw);
  const length = cut ? { 'content-length': String(Buffer.byteLength(text) + 1_000) } : {};
  response.writeHead(status, { 'content-type': type ?? 'application/json', ...length, ...headers });
  if (cut) {
    response.write(text, () => response.destroy());
  } else {
    response.end(text);
  }
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
