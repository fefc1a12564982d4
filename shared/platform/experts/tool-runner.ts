import { parseJson } from '../json/parse.ts';
import { namesOf } from '../mcp/definitions/tool.ts';
import type { Flow } from './flow/rules.ts';
import type { ExpertToolbox, ToolOutcome, ToolRequest, ToolRun } from './ports.ts';

/** Most tool calls of one turn; more of them are a mistake of the model. */
const mostCallsPerTurn = 8;

/** Runs the calls of one turn at the same time. What is wrong with a call is an outcome, in the order of the calls. */
export function runTools(
  requests: readonly ToolRequest[],
  toolbox: ExpertToolbox,
  signal: AbortSignal,
  progress: (message: string) => void,
  flow: Flow,
): Promise<ToolRun[]> {
  return Promise.all(
    requests.map(async (request, place) => ({
      request,
      outcome:
        place < mostCallsPerTurn
          ? await runTool(request, toolbox, signal, progress, flow)
          : failed(
              `At most ${mostCallsPerTurn} tools can be called at once; call this one in the next turn.`,
            ),
    })),
  );
}

async function runTool(
  { name, argumentsText }: ToolRequest,
  toolbox: ExpertToolbox,
  signal: AbortSignal,
  progress: (message: string) => void,
  flow: Flow,
): Promise<ToolOutcome> {
  const tool = toolbox.definitions.find((one) => namesOf(one).includes(name));
  if (tool === undefined) {
    return failed('There is no tool of that name; use one of those that were given.');
  }
  const args = parseArguments(argumentsText);
  if (args === undefined) {
    return failed('The arguments are not a JSON object; write them again.');
  }
  const refusal = flow.refusalOf(tool);
  if (refusal !== undefined) {
    return failed(refusal);
  }
  progress(tool.working ?? 'Working on the question');
  return await toolbox.call(name, args, signal, progress, flow.wishFor(args));
}

function parseArguments(text: string): Record<string, unknown> | undefined {
  try {
    const value = parseJson(text === '' ? '{}' : text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function failed(message: string): ToolOutcome {
  return { kind: 'error', message };
}
