import type OpenAI from 'openai';
import type { ModelRequest, ToolSpec } from '../../ports.ts';
import type { Dialect } from '../dialect.ts';
import type { Asked } from '../protocol.ts';
import { type Spoken, type SpokenCall, spoken } from './spoken.ts';

type WireMessage = OpenAI.Chat.Completions.ChatCompletionMessageParam;
type WireRequest = OpenAI.Chat.Completions.ChatCompletionCreateParamsNonStreaming;

/** A turn on the wire, in the words that the server knows. */
export function toWire(
  { instructions, messages, tools, last, answerSchema }: ModelRequest,
  { model, turnTokens, reasoningEffort }: Asked,
  dialect: Omit<Dialect, 'encryptedReasoning'>,
): WireRequest {
  return {
    model,
    messages: [
      { role: 'system', content: instructions },
      ...spoken(messages, dialect).map((one) => toWireMessage(one)),
    ],
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

function toWireMessage(message: Spoken): WireMessage {
  switch (message.role) {
    case 'user':
      return { role: 'user', content: message.text };
    case 'tool':
      return { role: 'tool', tool_call_id: message.callId, content: message.text };
    case 'assistant':
      return {
        role: 'assistant',
        content: message.text,
        ...(message.calls.length === 0 ? {} : { tool_calls: message.calls.map(toWireCall) }),
      };
  }
}

function toWireCall({ id, name, argumentsText }: SpokenCall) {
  return { id, type: 'function' as const, function: { name, arguments: argumentsText } };
}

function toWireTool({
  name,
  description,
  inputSchema,
}: ToolSpec): OpenAI.Chat.Completions.ChatCompletionTool {
  return { type: 'function', function: { name, description, parameters: { ...inputSchema } } };
}
