import { BusinessError } from '../shared/contoso/errors.ts';
import type { Domain } from '../shared/experts/domains.ts';
import type { ExpertToolbox, ToolOutcome } from '../shared/experts/ports.ts';
import { toolSpec, toolsFor } from '../shared/experts/tool-specs.ts';
import type { AnyTool, ToolCall } from '../shared/tools/define.ts';
import { businessTools } from '../shared/tools/index.ts';

export interface RecordedCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly outcome: ToolOutcome['kind'];
}

/** The tools of a domain for a caller who never confirms anything; every call is written down. */
export function recordingToolbox(
  domain: Domain,
  call: ToolCall,
): { readonly toolbox: ExpertToolbox; readonly calls: RecordedCall[] } {
  const tools = toolsFor(domain, call.principal.permissions, businessTools);
  const calls: RecordedCall[] = [];
  const toolbox: ExpertToolbox = {
    definitions: tools.map(toolSpec),
    async call(name, args, signal) {
      const tool = tools.find((candidate) => candidate.name === name);
      const outcome =
        tool === undefined ? failed('There is no such tool.') : await run(tool, args, { ...call, signal });
      calls.push({ name, arguments: args, outcome: outcome.kind });
      return outcome;
    },
  };
  return { toolbox, calls };
}

async function run(
  tool: AnyTool,
  args: Readonly<Record<string, unknown>>,
  call: ToolCall,
): Promise<ToolOutcome> {
  const input = tool.input.safeParse(args);
  if (!input.success) return failed(`Invalid arguments: ${input.error.message}`);
  try {
    if (!tool.annotations.readOnlyHint) return await proposal(tool, input.data, args, call);
    const data = tool.output.parse(await tool.handler(input.data, call));
    return { kind: 'ok', data, summary: tool.summary(data) };
  } catch (error) {
    if (error instanceof BusinessError) return failed(error.message);
    throw error;
  }
}

/** What a product's pipeline does with a change that an expert asks for. */
async function proposal(
  tool: AnyTool,
  input: unknown,
  args: Readonly<Record<string, unknown>>,
  call: ToolCall,
): Promise<ToolOutcome> {
  const description = (await tool.confirmation?.(input, call)) ?? `This would run: ${tool.title}.`;
  return {
    kind: 'confirmation_required',
    message: description,
    action: { description, tool: tool.name, arguments: args },
  };
}

function failed(message: string): ToolOutcome {
  return { kind: 'error', message };
}
