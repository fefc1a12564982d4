import * as z from 'zod';

/** What the server answers to one chat request. */
export type ChatStep =
  | {
      readonly text: string;
      readonly finish?: 'stop' | 'length' | 'content_filter';
      /** What the model thinks first; Responses API only. */
      readonly thought?: string;
    }
  /** Arguments that are text are sent as they are, broken or not. */
  | {
      readonly calls: readonly { readonly name: string; readonly arguments: object | string }[];
      readonly thought?: string;
    }
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

export const chatBody = z.looseObject({
  model: z.string(),
  messages: z.array(message).min(1),
  tools: z.array(tool).min(1).optional(),
  max_completion_tokens: z.int().positive().optional(),
  response_format: z.looseObject({ type: z.string() }).optional(),
});

export const embeddingsBody = z.looseObject({ model: z.string(), input: z.array(z.string()).min(1) });

/** Like the real service: every tool call has to be answered by a tool message before anything else is said. */
export function unansweredCall(messages: z.infer<typeof chatBody>['messages']): string | undefined {
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
