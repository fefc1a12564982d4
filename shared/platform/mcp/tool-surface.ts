import { type Implementation, isInputRequiredResult } from '@modelcontextprotocol/server';
import { pseudonyms } from '../telemetry/pseudonym.ts';
import { promptCatalog } from './catalog/prompt-catalog.ts';
import { reads } from './catalog/reads.ts';
import { resourceCatalog } from './catalog/resource-catalog.ts';
import type { AnyPrompt } from './definitions/prompt.ts';
import type { AnyFamily } from './definitions/resource.ts';
import type { AnyTool } from './definitions/tool.ts';
import { withAnswer } from './dialogue.ts';
import { invocationOf } from './invocations.ts';
import { access } from './pipeline/access.ts';
import { audit, auditStart } from './pipeline/audit.ts';
import { callLog } from './pipeline/call-log.ts';
import { checkInput } from './pipeline/check-input.ts';
import { confirm } from './pipeline/confirm.ts';
import { deadline } from './pipeline/deadline.ts';
import { argumentDigest } from './pipeline/digest.ts';
import { errorBoundary } from './pipeline/error-boundary.ts';
import { compose, type Invocation, type Middleware, type ToolResult } from './pipeline/invocation.ts';
import type { PipelineOptions } from './pipeline/options.ts';
import { runTool } from './pipeline/run-tool.ts';
import { traceCall } from './pipeline/trace.ts';
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
  const run = callPipeline(options);
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
  const read = reads(options);
  return {
    info,
    instructions,
    tools: new ToolRegistry(tools),
    verifyState: states.verify,
    extensions,
    ...(lifetime && { lifetime }),
    callTool: async (tool, request) => {
      const invocation = invocationOf(tool, request, options);
      const result = await run(invocation);
      const { elicit, context } = request;
      const asks = isInputRequiredResult(result) && invocation.outcome === 'confirmation_required';
      if (!asks || elicit === undefined) {
        return result;
      }
      const answered = await withAnswer(context, result, await elicit(result), states);
      return run(invocationOf(tool, { ...request, context: answered }, options));
    },
    ...(thinkingTimeMs !== undefined && { thinkingTimeMs }),
    ...(families.length > 0 && { resources: resourceCatalog(families, read) }),
    ...(prompts.length > 0 && { prompts: promptCatalog(prompts, read) }),
  };
}

/** What every call of a tool goes through, whoever chose it. */
export function callPipeline(options: PipelineOptions): (invocation: Invocation) => Promise<ToolResult> {
  return compose(steps(options));
}

/** The order of the steps is the order of trust: nothing runs before it is allowed, understood, agreed to and on record. */
function steps({ logger, trail, signingKey, now, resources }: PipelineOptions): readonly Middleware[] {
  const digest = argumentDigest(signingKey);
  const useOnce = ({ call: { principal } }: Invocation, id: string) =>
    resources(principal).once.use(principal.user, id, now());
  return [
    traceCall,
    callLog(logger, pseudonyms(signingKey)),
    audit({ trail, digest }),
    errorBoundary(logger),
    access,
    deadline,
    checkInput,
    confirm({ key: signingKey, digest, now, useOnce }),
    auditStart({ trail, digest }),
    runTool,
  ];
}
