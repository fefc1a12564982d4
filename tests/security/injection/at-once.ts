import { recordingToolboxes, registry } from '#evals/toolbox';
import { foundTitles } from '#platform/experts/citations';
import type { FlowRules } from '#platform/experts/flow/rules';
import type { ToolCall } from '#platform/mcp/definitions/tool';

/** What was done without anybody's agreement. */
export interface Done {
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/**
 * The experts of a test build that asks nobody: a change that they propose is carried out at once. Only one that has to be
 * confirmed with where the wish for it comes from is left, because nobody is there who could read it.
 */
export function carryingOutAtOnce(done: Done[]): typeof recordingToolboxes {
  return (call) => {
    const { toolboxFor, calls } = recordingToolboxes(call);
    return {
      calls,
      toolboxFor(expert, handing) {
        const own = toolboxFor(expert, handing);
        return {
          definitions: own.definitions,
          async call(name, args, signal, progress, wish) {
            const outcome = await own.call(name, args, signal, progress, wish);
            if (outcome.kind === 'confirmation_required' && wish === undefined) {
              const { tool, arguments: proposed } = outcome.action;
              const data = await carriedOut(tool, proposed, call);
              done.push({ tool, arguments: proposed });
              return { kind: 'ok', data, summary: 'Done.' };
            }
            return outcome;
          },
        };
      },
    };
  };
}

/** As after a yes. */
async function carriedOut(
  name: string,
  args: Readonly<Record<string, unknown>>,
  call: ToolCall,
): Promise<unknown> {
  const tool = registry.find(name)?.thing;
  return await tool?.handler(tool.input.parse(args), { ...call, confirmed: true });
}

/** Experts whom no label holds back. */
export const noRules: FlowRules = {
  open: () => ({
    read: () => {},
    wishFor: () => undefined,
    refusalOf: () => undefined,
    citable: foundTitles,
  }),
  shown: (text) => text,
};
