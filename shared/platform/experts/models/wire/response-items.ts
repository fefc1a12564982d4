import * as z from 'zod';
import { count, text } from './turn.ts';

const message = z.looseObject({
  type: z.literal('message'),
  phase: text,
  content: z.array(z.looseObject({ type: text, text, refusal: text })).catch([]),
});

const functionCall = z.looseObject({
  type: z.literal('function_call'),
  call_id: z.unknown().optional(),
  id: z.unknown().optional(),
  name: text,
  arguments: z.unknown().optional(),
});

const reasoning = z.looseObject({
  type: z.literal('reasoning'),
  id: text,
  encrypted_content: text,
  content: z.array(z.looseObject({ text })).catch([]),
});

/** What a response is made of, in the order in which the model wrote it; the rest is none of ours. */
const item = z.union([message, functionCall, reasoning, z.unknown().transform(() => undefined)]);
const items = z.array(item).transform((all) => all.filter((one) => one !== undefined));

export type OutputItem = z.infer<typeof items>[number];

/** A response of the Responses API; anything in it but its items may be missing or null. */
export const responseShape = z.looseObject({
  output: items,
  status: text,
  incomplete_details: z.looseObject({ reason: text }).nullish().catch(undefined),
  model: text,
  usage: z
    .looseObject({
      input_tokens: count,
      output_tokens: count,
      input_tokens_details: z.looseObject({ cached_tokens: count }).optional().catch(undefined),
    })
    .catch({ input_tokens: 0, output_tokens: 0 }),
});
