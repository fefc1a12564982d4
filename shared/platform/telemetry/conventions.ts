/**
 * Names of OpenTelemetry's conventions for generative AI and MCP, version 0.1.0 of their own repository
 * (https://github.com/open-telemetry/semantic-conventions-genai, docs/gen-ai/mcp.md, gen-ai-agent-spans.md and
 * execute-tool.md). They are in development: who changes the version changes it here and in docs/operations.md.
 * Written down here because the package that has them, `@opentelemetry/semantic-conventions/incubating`, would be
 * loaded at every start.
 */
export const genAi = {
  operation: 'gen_ai.operation.name',
  provider: 'gen_ai.provider.name',
  requestModel: 'gen_ai.request.model',
  responseModel: 'gen_ai.response.model',
  finishReasons: 'gen_ai.response.finish_reasons',
  inputTokens: 'gen_ai.usage.input_tokens',
  outputTokens: 'gen_ai.usage.output_tokens',
  cachedTokens: 'gen_ai.usage.cache_read.input_tokens',
  tokenType: 'gen_ai.token.type',
  agent: 'gen_ai.agent.name',
  agentVersion: 'gen_ai.agent.version',
  conversation: 'gen_ai.conversation.id',
  tool: 'gen_ai.tool.name',
  toolType: 'gen_ai.tool.type',
  prompt: 'gen_ai.prompt.name',
} as const;

/** Of the provider (docs/gen-ai/openai.md): `chat_completions` or `responses`. */
export const openAiApi = 'openai.api.type';

export const mcp = {
  method: 'mcp.method.name',
  revision: 'mcp.protocol.version',
  session: 'mcp.session.id',
  requestId: 'jsonrpc.request.id',
  transport: 'network.transport',
  protocol: 'network.protocol.name',
} as const;
