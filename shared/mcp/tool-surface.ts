import { randomUUID } from 'node:crypto';
import type { Implementation } from '@modelcontextprotocol/server';
import type { AuditTrail } from '../access/audit.ts';
import type { Principal } from '../identity/principal.ts';
import type { OnceStore } from '../storage/once-store.ts';
import type { Logger } from '../telemetry/log.ts';
import { type AnyTool, type CallPolicy, defaultTimeoutMs, type ToolCall } from '../tools/define.ts';
import { dialogueWith, type StateCodec } from './dialogue.ts';
import type { ServerExtension } from './extension.ts';
import { access } from './pipeline/access.ts';
import { audit, auditStart } from './pipeline/audit.ts';
import { callLog } from './pipeline/call-log.ts';
import { checkInput } from './pipeline/check-input.ts';
import { confirm } from './pipeline/confirm.ts';
import { deadline } from './pipeline/deadline.ts';
import { argumentDigest } from './pipeline/digest.ts';
import { errorBoundary } from './pipeline/error-boundary.ts';
import { compose, type Invocation, type Middleware } from './pipeline/invocation.ts';
import { runTool } from './pipeline/run-tool.ts';
import { progressReporter } from './progress.ts';
import { ToolRegistry } from './registry.ts';
import type { Surface } from './static-server.ts';

/** What every surface of a process shares. */
export interface PipelineOptions {
  /** What tools may use for this caller, besides the request itself. */
  readonly resources: (principal: Principal) => TenantResources;
  readonly policy: CallPolicy;
  readonly trail: AuditTrail;
  /** Secret for confirmation codes and argument digests. */
  readonly signingKey: string;
  readonly states: StateCodec;
  readonly now: () => Date;
  readonly logger: Logger;
}

export type TenantResources = Pick<ToolCall, 'store' | 'knowledge'> & { readonly once: OnceStore };

export interface ToolSurfaceOptions extends PipelineOptions {
  readonly info: Implementation;
  readonly instructions: string;
  readonly tools: readonly AnyTool[];
  readonly extensions?: readonly ServerExtension[];
}

/** Puts tools behind the call pipeline. */
export function toolSurface(options: ToolSurfaceOptions): Surface {
  const run = compose(steps(options));
  const { info, instructions, tools, extensions = [], resources, policy, states, now } = options;
  return {
    info,
    instructions,
    tools: new ToolRegistry(tools),
    verifyState: states.verify,
    extensions,
    callTool: (tool, { principal, arguments: args, context, canAsk }) => {
      const { store, knowledge } = resources(principal);
      return run({
        tool,
        arguments: args,
        correlationId: randomUUID(),
        startedAt: now(),
        by: 'caller',
        dialogue: dialogueWith(context, canAsk, states),
        input: {},
        confirmationCode: undefined,
        outcome: 'unknown',
        call: {
          principal,
          store,
          knowledge,
          policy,
          now,
          signal: AbortSignal.any([
            context.mcpReq.signal,
            AbortSignal.timeout(tool.definition.timeoutMs ?? defaultTimeoutMs),
          ]),
          progress: progressReporter(context),
        },
      });
    },
  };
}

/** The order of the steps is the order of trust: nothing runs before it is allowed, understood, agreed to and on record. */
function steps({ logger, trail, signingKey, now, resources }: ToolSurfaceOptions): readonly Middleware[] {
  const digest = argumentDigest(signingKey);
  const useOnce = ({ call: { principal } }: Invocation, id: string) =>
    resources(principal).once.use(principal.user, id, now());
  return [
    callLog(logger),
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
