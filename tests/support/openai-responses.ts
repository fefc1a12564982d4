import * as z from 'zod';
import type { ChatStep, RawStep } from './openai-messages.ts';

const item = z.union([
  z.strictObject({ role: z.enum(['user', 'assistant']), content: z.string() }),
  z.strictObject({
    type: z.literal('function_call'),
    call_id: z.string(),
    name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
    arguments: z.string(),
  }),
  z.strictObject({ type: z.literal('function_call_output'), call_id: z.string(), output: z.string() }),
  z.strictObject({
    type: z.literal('reasoning'),
    id: z.string(),
    summary: z.array(z.never()),
    encrypted_content: z.string(),
  }),
]);

const tool = z.strictObject({
  type: z.literal('function'),
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
  description: z.string(),
  parameters: z.looseObject({ type: z.literal('object') }),
  strict: z.boolean(),
});

/** A request of the Responses API, of a client that has nothing stored. */
export const responsesBody = z.looseObject({
  model: z.string(),
  instructions: z.string(),
  input: z.array(item).min(1),
  store: z.literal(false),
  tools: z.array(tool).min(1).optional(),
  tool_choice: z.literal('none').optional(),
  max_output_tokens: z.int().positive(),
  include: z.array(z.string()).optional(),
  reasoning: z.strictObject({ effort: z.string() }).optional(),
  text: z.strictObject({ format: z.looseObject({ type: z.string() }) }).optional(),
});
export type ResponsesBody = z.infer<typeof responsesBody>;

/** What a strict server says to a request of the Responses API that it does not take. */
export type ResponsesRule = (body: ResponsesBody) => RawStep | undefined;

/** Like the real service: every call has its output, and a thought stands before what it led to. */
export function misplacedItem(input: ResponsesBody['input']): string | undefined {
  const open = new Set<string>();
  for (const [place, one] of input.entries()) {
    const isReasoning = 'type' in one && one.type === 'reasoning';
    if ('type' in one && one.type === 'function_call_output') {
      if (!open.delete(one.call_id)) {
        return 'output_without_call';
      }
    } else if ('type' in one && one.type === 'function_call') {
      open.add(one.call_id);
    } else if (open.size > 0 && !isReasoning) {
      return 'call_without_output';
    }
    const next = input[place + 1];
    if (isReasoning && !(next !== undefined && 'type' in next && next.type !== 'function_call_output')) {
      return 'reasoning_without_following_item';
    }
  }
  return open.size > 0 ? 'call_without_output' : undefined;
}

let lastItem = 0;

/** A planned step as a response; what is thought comes encrypted, and only to who asked for it. */
export function responseOf(
  step: Extract<ChatStep, { text: string } | { calls: unknown }>,
  { include = [] }: ResponsesBody,
  usage: object = { input_tokens: 100, output_tokens: 20, total_tokens: 120 },
) {
  const encrypted = include.includes('reasoning.encrypted_content');
  const thought = (text: string) => ({
    type: 'reasoning',
    id: `rs_${++lastItem}`,
    summary: [],
    ...(encrypted ? { encrypted_content: Buffer.from(text).toString('base64') } : {}),
  });
  const incomplete = { length: 'max_output_tokens', content_filter: 'content_filter', stop: undefined };
  const reason = 'text' in step ? incomplete[step.finish ?? 'stop'] : undefined;
  return {
    id: 'resp_fake',
    object: 'response',
    created_at: 0,
    model: 'fake-model-2026',
    status: reason === undefined ? 'completed' : 'incomplete',
    error: null,
    incomplete_details: reason === undefined ? null : { reason },
    output: [
      ...(step.thought === undefined ? [] : [thought(step.thought)]),
      ...('calls' in step
        ? step.calls.map(({ name, arguments: args }) => ({
            type: 'function_call',
            id: `fc_${++lastItem}`,
            call_id: `call_${lastItem}`,
            status: 'completed',
            name,
            arguments: typeof args === 'string' ? args : JSON.stringify(args),
          }))
        : [messageOf(step.text)]),
    ],
    usage,
  };
}

function messageOf(text: string) {
  return {
    type: 'message',
    id: `msg_${++lastItem}`,
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text, annotations: [] }],
  };
}
