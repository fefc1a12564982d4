import type { Implementation } from '@modelcontextprotocol/server';
import { promptCatalog } from './catalog/prompt-catalog.ts';
import { resourceCatalog } from './catalog/resource-catalog.ts';
import type { AnyPrompt } from './definitions/prompt.ts';
import type { AnyFamily } from './definitions/resource.ts';
import type { AnyTool } from './definitions/tool.ts';
import { operationRunner } from './operation-runner.ts';
import type { PipelineOptions } from './pipeline/options.ts';
import { ToolRegistry } from './registry.ts';
import type { ServerExtension, Surface } from './surface.ts';

export interface ToolSurfaceOptions extends PipelineOptions {
  readonly info: Implementation;
  readonly instructions: string;
  readonly tools: readonly AnyTool[];
  readonly families?: readonly AnyFamily[];
  readonly prompts?: readonly AnyPrompt[];
  readonly extensions?: readonly ServerExtension[];
  readonly thinkingTimeMs?: number | undefined;
}

/** Puts tools, resources and prompts behind the call pipeline. */
export function toolSurface(options: ToolSurfaceOptions): Surface {
  const {
    info,
    instructions,
    tools,
    families = [],
    prompts = [],
    extensions = [],
    states,
    lifetime,
    thinkingTimeMs,
  } = options;
  const run = operationRunner(options);
  return {
    info,
    instructions,
    tools: new ToolRegistry(tools),
    run,
    verifyState: states.verify,
    extensions,
    ...(lifetime && { lifetime }),
    ...(thinkingTimeMs !== undefined && { thinkingTimeMs }),
    ...(families.length > 0 && { resources: resourceCatalog(families, run) }),
    ...(prompts.length > 0 && { prompts: promptCatalog(prompts, run) }),
  };
}
