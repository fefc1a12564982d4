import { domainDefinitions } from '#contoso/experts/domains';
import { businessTools } from '#contoso/tools/index';
import type { ChatModel, ExpertToolbox, ModelRequest, ModelTurn, ToolOutcome } from '#platform/experts/ports';
import type { ExpertRun } from '#platform/experts/run-state';
import { ownText } from '#platform/mcp/definitions/labels';

/** A turn that answers. */
export function says(text: string, tokens = 10): ModelTurn {
  return {
    text,
    calls: [],
    usage: { inputTokens: tokens, outputTokens: 1 },
    model: 'scripted',
    finishReason: 'stop',
  };
}

/** A turn that calls tools: name, and arguments as text. */
export function calls(...wanted: readonly (readonly [string, string])[]): ModelTurn {
  return {
    ...says(''),
    calls: wanted.map(([name, argumentsText], place) => ({ id: `${name}-${place}`, name, argumentsText })),
    finishReason: 'tool_calls',
  };
}

export interface ScriptedModel extends ChatModel {
  readonly requests: ModelRequest[];
}

/** Says what is written, turn by turn; the last turn is repeated. */
export function scripted(...turns: readonly ModelTurn[]): ScriptedModel {
  const requests: ModelRequest[] = [];
  return {
    requests,
    async complete(request) {
      requests.push({ ...request, messages: [...request.messages] });
      return turns[requests.length - 1] ?? turns.at(-1) ?? says('');
    },
  };
}

/** A toolbox whose tools answer as written. */
export function toolbox(
  outcomes: Readonly<Record<string, ToolOutcome>>,
): ExpertToolbox & { called: string[] } {
  const called: string[] = [];
  return {
    called,
    definitions: Object.keys(outcomes).map((name) => ({
      name,
      description: `The tool ${name}.`,
      inputSchema: { type: 'object', properties: {} },
      working: businessTools.find((tool) => tool.name === name)?.progress ?? `Working with ${name}`,
    })),
    async call(name) {
      called.push(name);
      return outcomes[name] ?? { kind: 'error', message: 'There is no such tool.' };
    },
  };
}

export function ok(data: unknown): ToolOutcome {
  return { kind: 'ok', data, summary: 'Done.', labels: ownText };
}

/** A run with plain defaults, so that a test names only what it is about. */
export function aRun(fields: Partial<ExpertRun> & Pick<ExpertRun, 'model'>): ExpertRun {
  return {
    expert: domainDefinitions.billing,
    messages: [{ role: 'user', text: 'What is open?' }],
    citable: [],
    today: '2026-01-15',
    toolbox: toolbox({}),
    signal: new AbortController().signal,
    progress: () => {},
    ...fields,
  };
}
