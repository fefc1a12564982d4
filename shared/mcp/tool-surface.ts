import { randomUUID } from 'node:crypto';
import type { Implementation } from '@modelcontextprotocol/server';
import type { Principal } from '../identity/principal.ts';
import type { Logger } from '../telemetry/log.ts';
import type { AnyTool, ToolCall } from '../tools/define.ts';
import { access } from './pipeline/access.ts';
import { callLog } from './pipeline/call-log.ts';
import { deadline } from './pipeline/deadline.ts';
import { errorBoundary } from './pipeline/error-boundary.ts';
import { compose } from './pipeline/invocation.ts';
import { runTool } from './pipeline/run-tool.ts';
import { progressReporter } from './progress.ts';
import { ToolRegistry } from './registry.ts';
import type { Surface } from './static-server.ts';

/** Longest time that one tool call may take, in milliseconds. */
const callDeadline = 30_000;

export interface ToolSurfaceOptions {
  readonly info: Implementation;
  readonly instructions: string;
  readonly tools: readonly AnyTool[];
  /** What tools may use for this caller, besides the request itself. */
  readonly resources: (principal: Principal) => Pick<ToolCall, 'store' | 'knowledge'>;
  readonly now: () => Date;
  readonly logger: Logger;
}

/** Puts tools behind the call pipeline. The order of the steps is the order of trust: nothing runs before it is allowed. */
export function toolSurface({
  info,
  instructions,
  tools,
  resources,
  now,
  logger,
}: ToolSurfaceOptions): Surface {
  const run = compose([callLog(logger), errorBoundary(logger), access, deadline(callDeadline), runTool]);
  return {
    info,
    instructions,
    tools: new ToolRegistry(tools),
    callTool: (tool, { principal, arguments: args, context }) =>
      run({
        tool,
        arguments: args,
        correlationId: randomUUID(),
        outcome: 'unknown',
        call: {
          ...resources(principal),
          principal,
          now,
          signal: AbortSignal.any([context.mcpReq.signal, AbortSignal.timeout(callDeadline)]),
          progress: progressReporter(context),
        },
      }),
  };
}
