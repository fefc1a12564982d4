import type OpenAI from 'openai';
import type { ModelRequest, ToolSpec } from '../../ports.ts';
import type { Dialect } from '../dialect.ts';
import type { Asked } from '../protocol.ts';
import { type Spoken, type SpokenCall, spoken } from './spoken.ts';
import type { Thoughts } from './thoughts.ts';

type WireItem = OpenAI.Responses.ResponseInputItem;
export type ResponseRequest = OpenAI.Responses.ResponseCreateParamsNonStreaming;

/**
 * A turn for the Responses API. The server keeps nothing (`store: false`): every request has the whole conversation,
 * as that of the other protocol.
 */
export function toResponseRequest(
  turn: ModelRequest,
  asked: Asked,
  dialect: Dialect,
  thoughts: Thoughts,
): ResponseRequest {
  const effort = asked.reasoningEffort;
  const thinks = dialect.encryptedReasoning;
  const schema = { ...turn.answerSchema };
  const isForbidden = turn.last && turn.tools.length > 0 && dialect.forbidsTools;
  return {
    model: asked.model,
    instructions: turn.instructions,
    input: spoken(turn.messages, dialect).flatMap((one) => toItems(one, thinks ? thoughts : undefined)),
    store: false,
    max_output_tokens: asked.turnTokens,
    ...(thinks ? { include: ['reasoning.encrypted_content'] } : {}),
    ...(effort === undefined ? {} : { reasoning: { effort } }),
    ...(turn.tools.length > 0 ? { tools: turn.tools.map(toWireTool) } : {}),
    ...(isForbidden ? { tool_choice: 'none' } : {}),
    ...(dialect.structured
      ? { text: { format: { type: 'json_schema', name: 'answer', schema, strict: true } } }
      : {}),
  };
}

function toItems(message: Spoken, thoughts: Thoughts | undefined): WireItem[] {
  switch (message.role) {
    case 'user':
      return [{ role: 'user', content: message.text }];
    case 'tool':
      return [{ type: 'function_call_output', call_id: message.callId, output: message.text }];
    case 'assistant':
      return [
        ...(message.text === '' ? [] : [{ role: 'assistant' as const, content: message.text }]),
        ...message.calls.flatMap((call) => [...(thoughts?.before(call.written) ?? []), toCallItem(call)]),
      ];
  }
}

function toCallItem({ id, name, argumentsText }: SpokenCall): WireItem {
  return { type: 'function_call', call_id: id, name, arguments: argumentsText };
}

/**
 * Not strict: that mode wants every argument to be there, and does not hold for several calls in one turn. Arguments
 * are checked where the tool is called.
 */
function toWireTool({ name, description, inputSchema }: ToolSpec): OpenAI.Responses.FunctionTool {
  return { type: 'function', name, description, parameters: { ...inputSchema }, strict: false };
}
