import type OpenAI from 'openai';
import { visible } from '../../../format-controls.ts';
import type { Message, ModelRequest, ToolRequest, ToolSpec } from '../../ports.ts';
import { wrapEarlier } from '../../tool-data.ts';
import type { Dialect } from '../dialect.ts';
import type { ReasoningEffort } from '../options.ts';

type WireMessage = OpenAI.Chat.Completions.ChatCompletionMessageParam;
type WireRequest = OpenAI.Chat.Completions.ChatCompletionCreateParamsNonStreaming;

export interface Asked {
  /** Name of the model or deployment. */
  readonly model: string;
  /** Most tokens that the turn may write, those that it thinks among them. */
  readonly turnTokens: number;
  readonly reasoningEffort: ReasoningEffort | undefined;
}

/** A turn on the wire, in the words that the server knows. */
export function toWire(
  { instructions, messages, tools, last, answerSchema }: ModelRequest,
  { model, turnTokens, reasoningEffort }: Asked,
  dialect: Dialect,
): WireRequest {
  return {
    model,
    messages: [{ role: 'system', content: instructions }, ...toWireMessages(messages, dialect)],
    [dialect.limit]: turnTokens,
    ...(reasoningEffort === undefined ? {} : { reasoning_effort: reasoningEffort }),
    // The tools stay in the last turn: servers refuse a history with calls of tools that they are not told of.
    ...(tools.length === 0 ? {} : { tools: tools.map(toWireTool) }),
    ...(last && tools.length > 0 && dialect.forbidsTools ? { tool_choice: 'none' } : {}),
    ...(dialect.structured
      ? {
          response_format: {
            type: 'json_schema',
            json_schema: { name: 'answer', schema: { ...answerSchema }, strict: true },
          },
        }
      : {}),
  };
}

/** Servers refuse two messages of a user in a row, and system messages that are not first. */
function toWireMessages(messages: readonly Message[], { userAfterTool }: Dialect): WireMessage[] {
  const wire: WireMessage[] = [];
  for (const message of messages) {
    const next = toWireMessage(message);
    const before = wire.at(-1);
    if (before?.role === 'user' && next.role === 'user') {
      wire[wire.length - 1] = { role: 'user', content: `${before.content}\n\n${next.content}` };
      continue;
    }
    if (!userAfterTool && before?.role === 'tool' && next.role === 'user') {
      wire.push({ role: 'assistant', content: 'I have read the results.' });
    }
    wire.push(next);
  }
  return wire;
}

function toWireMessage(message: Message): WireMessage {
  switch (message.role) {
    case 'user':
      return { role: 'user', content: visible(message.text) };
    case 'note':
      return { role: 'user', content: `[Note by this service] ${visible(message.text)}` };
    case 'earlier':
      return { role: 'user', content: wrapEarlier(message.text) };
    case 'tool':
      return { role: 'tool', tool_call_id: message.callId, content: message.text };
    case 'assistant':
      return {
        role: 'assistant',
        content: visible(message.text),
        ...(message.calls.length === 0 ? {} : { tool_calls: message.calls.map(toWireCall) }),
      };
  }
}

/** Servers read the history: a call in it must have the form of one, whatever the model wrote. */
function toWireCall({ id, name, argumentsText }: ToolRequest) {
  return {
    id,
    type: 'function' as const,
    function: {
      name: /^[A-Za-z0-9_-]{1,64}$/.test(name) ? name : 'unknown_tool',
      arguments: isObject(argumentsText) ? visible(argumentsText) : '{}',
    },
  };
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function toWireTool({
  name,
  description,
  inputSchema,
}: ToolSpec): OpenAI.Chat.Completions.ChatCompletionTool {
  return { type: 'function', function: { name, description, parameters: { ...inputSchema } } };
}
