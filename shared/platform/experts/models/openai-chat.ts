import type OpenAI from 'openai';
import { askInSpan, type ModelRequestName, noteTokens } from '../../telemetry/model-use.ts';
import type { ChatModel, Message, ModelRequest, ModelTurn, ToolSpec } from '../ports.ts';
import { contentFiltered, cutOff } from './faults.ts';
import type { ModelProvider } from './options.ts';
import { type SendOptions, send } from './send.ts';

type Wire = OpenAI.Chat.Completions.ChatCompletionMessageParam;
type WireRequest = OpenAI.Chat.Completions.ChatCompletionCreateParamsNonStreaming;
type WireAnswer = OpenAI.Chat.Completions.ChatCompletion;

export interface ChatOptions {
  /** Whether the service can be held to a JSON Schema; not every compatible server knows how. */
  readonly structuredAnswers: boolean;
  /** Who runs the service, for telemetry. */
  readonly provider?: ModelProvider;
  readonly sending?: SendOptions;
}

const defaultSending: SendOptions = {
  attempts: 3,
  attemptMilliseconds: 60_000,
  longestWait: 20_000,
  firstWait: 500,
};

/** The chat-completions protocol behind the port. @param model name of the model or deployment */
export function openaiChatModel(
  client: OpenAI,
  model: string,
  { structuredAnswers, provider = 'openai', sending = defaultSending }: ChatOptions,
): ChatModel {
  const asked: ModelRequestName = { operation: 'chat', provider, model };
  return {
    complete: (request, signal) =>
      askInSpan(asked, async (span) => {
        const body = toWire(request, model, structuredAnswers);
        const answer = await send(
          (attempt) => client.chat.completions.create(body, { signal: attempt }),
          sending,
          signal,
        );
        const { prompt_tokens = 0, completion_tokens = 0 } = answer.usage ?? {};
        noteTokens(span, asked, { inputTokens: prompt_tokens, outputTokens: completion_tokens });
        return fromWire(answer, model);
      }),
  };
}

function toWire(request: ModelRequest, model: string, structuredAnswers: boolean): WireRequest {
  const { instructions, messages, tools, answerSchema, maxTokens } = request;
  return {
    model,
    messages: [{ role: 'system', content: instructions }, ...messages.map(toWireMessage)],
    max_completion_tokens: maxTokens,
    ...(tools.length === 0 ? {} : { tools: tools.map(toWireTool) }),
    ...(structuredAnswers
      ? {
          response_format: {
            type: 'json_schema',
            json_schema: { name: 'answer', schema: { ...answerSchema }, strict: true },
          },
        }
      : {}),
  };
}

function toWireMessage(message: Message): Wire {
  switch (message.role) {
    case 'system':
    case 'user':
      return { role: message.role, content: message.text };
    case 'tool':
      return { role: 'tool', tool_call_id: message.callId, content: message.text };
    case 'assistant':
      return {
        role: 'assistant',
        content: message.text,
        ...(message.calls.length === 0
          ? {}
          : {
              tool_calls: message.calls.map(({ id, name, argumentsText }) => ({
                id,
                type: 'function',
                function: { name, arguments: argumentsText },
              })),
            }),
      };
  }
}

function toWireTool({
  name,
  description,
  inputSchema,
}: ToolSpec): OpenAI.Chat.Completions.ChatCompletionTool {
  return { type: 'function', function: { name, description, parameters: { ...inputSchema } } };
}

function fromWire({ choices, usage, model: version }: WireAnswer, model: string): ModelTurn {
  const [choice] = choices;
  if (choice === undefined || choice.finish_reason === 'content_filter') throw contentFiltered();
  if (choice.finish_reason === 'length') throw cutOff();
  const { content, refusal, tool_calls = [] } = choice.message;
  return {
    text: content ?? refusal ?? '',
    calls: tool_calls.flatMap((call) =>
      call.type === 'function'
        ? [{ id: call.id, name: call.function.name, argumentsText: call.function.arguments }]
        : [],
    ),
    usage: { inputTokens: usage?.prompt_tokens ?? 0, outputTokens: usage?.completion_tokens ?? 0 },
    model: version || model,
    finishReason: choice.finish_reason,
  };
}
