import type { Implementation } from '@modelcontextprotocol/server';
import { servedAt } from '../access/exposure.ts';
import type { EndpointName, Offer } from '../access/offer.ts';
import { promptCatalog } from './catalog/prompt-catalog.ts';
import { resourceCatalog } from './catalog/resource-catalog.ts';
import { skillCatalog } from './catalog/skill-catalog.ts';
import type { AnyPrompt } from './definitions/prompt.ts';
import type { AnyFamily } from './definitions/resource.ts';
import type { Skill } from './definitions/skill.ts';
import type { AnyTool } from './definitions/tool.ts';
import { operationRunner } from './operation-runner.ts';
import type { PipelineOptions } from './pipeline/options.ts';
import { ToolRegistry } from './registry.ts';
import type { ServerExtension, Surface } from './surface.ts';

export interface ToolSurfaceOptions extends PipelineOptions {
  readonly endpoint: EndpointName;
  readonly info: Implementation;
  readonly instructions: string;
  /** What is offered here; and elsewhere, which is left out. */
  readonly tools: readonly Offer<AnyTool>[];
  /** Offered here and elsewhere, to the pages that clients show. */
  readonly cardTools?: readonly Offer<AnyTool>[];
  readonly families?: readonly Offer<AnyFamily>[];
  readonly prompts?: readonly Offer<AnyPrompt>[];
  readonly skills?: readonly Offer<Skill>[];
  readonly extensions?: readonly ServerExtension[];
  readonly thinkingTimeMs?: number | undefined;
}

/** Puts tools, resources, prompts and skills behind the call pipeline. */
export function toolSurface(options: ToolSurfaceOptions): Surface {
  const { endpoint, info, instructions, tools, extensions = [], states, lifetime, thinkingTimeMs } = options;
  const cardTools = servedAt(options.cardTools ?? [], endpoint);
  const families = servedAt(options.families ?? [], endpoint);
  const prompts = servedAt(options.prompts ?? [], endpoint);
  const skills = servedAt(options.skills ?? [], endpoint);
  const run = operationRunner(options);
  const resources = resourceCatalog(families, run);
  return {
    endpoint,
    info,
    instructions,
    tools: new ToolRegistry(servedAt(tools, endpoint)),
    ...(cardTools.length > 0 && { cardTools: new ToolRegistry(cardTools) }),
    run,
    verifyState: states.verify,
    extensions,
    ...(lifetime && { lifetime }),
    ...(thinkingTimeMs !== undefined && { thinkingTimeMs }),
    ...(families.length > 0 && { resources }),
    ...(prompts.length > 0 && { prompts: promptCatalog(prompts, run) }),
    ...(skills.length > 0 && skillCatalog(skills, resources, run)),
  };
}
