import type { Implementation } from '@modelcontextprotocol/server';
import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import { getDiagnosis } from '../diagnostics/get-diagnosis.ts';
import { troubleShootDevice } from '../diagnostics/trouble-shoot-device.ts';
import { openConversations } from '../experts/conversations.ts';
import { domainDefinitions } from '../experts/domains.ts';
import { expertTools } from '../experts/expert-tools.ts';
import type { ChatModel } from '../experts/ports.ts';
import type { TenantId } from '../identity/tenant.ts';
import type { ServerExtension } from '../mcp/extension.ts';
import { success } from '../mcp/pipeline/run-tool.ts';
import { ToolRegistry } from '../mcp/registry.ts';
import type { Surface } from '../mcp/static-server.ts';
import { jobTasks } from '../mcp/tasks/job-tasks.ts';
import { tasksExtension } from '../mcp/tasks/tasks-extension.ts';
import { callPipeline, type PipelineOptions, toolSurface } from '../mcp/tool-surface.ts';
import type { Storage } from '../storage/connect.ts';
import type { AnyTool, ToolCall } from '../tools/define.ts';
import { businessTools } from '../tools/index.ts';
import { expertToolboxes } from './expert-toolbox.ts';

export interface AgenticOptions {
  readonly pipeline: PipelineOptions;
  readonly diagnostics: Diagnostics;
  readonly model: ChatModel;
  /** How long an expert may take to answer a caller who gets no progress, in milliseconds. */
  readonly answerWithinMs: number;
  readonly storage: Storage;
  readonly tenants: readonly TenantId[];
  readonly info: Implementation;
}

export interface Agentic {
  readonly surface: Surface;
  /** Removes the conversations that have expired, of all tenants. */
  removeExpiredConversations(): Promise<void>;
}

const instructions =
  'Experts that answer questions about one customer organisation’s customers by looking things up themselves, ' +
  'and trouble_shoot_device, which takes about a minute. Name the customer by number or full name. Pass ' +
  'conversation_id on for follow-up questions. What an expert proposes in actions happens only when you call the tool.';

/** The endpoint for clients that want answers, not tools: a handful of definitions instead of twenty. */
export function agenticSurface(options: AgenticOptions): Agentic {
  const { pipeline, diagnostics, model, answerWithinMs, storage, tenants, info } = options;
  const troubleShoot = troubleShootDevice(({ principal }) => diagnostics.jobsOf(principal.tenant));
  const diagnosis = getDiagnosis(({ principal }) => diagnostics.jobsOf(principal.tenant));
  const behindExperts: readonly AnyTool[] = [...businessTools, troubleShoot, diagnosis];
  const conversations = new Map(
    tenants.map((tenant) => [tenant, openConversations({ storage, tenant, now: pipeline.now })]),
  );
  const conversationsFor = ({ principal }: ToolCall) => {
    const ofTenant = conversations.get(principal.tenant);
    if (ofTenant === undefined) throw new Error('A caller is of a tenant that is not served here.');
    return ofTenant.of(principal.user);
  };
  const experts = expertTools({
    model,
    toolboxFor: expertToolboxes({
      tools: behindExperts,
      registry: new ToolRegistry(behindExperts),
      run: callPipeline(pipeline),
    }),
    conversationsFor,
    answerWithinMs,
    logger: pipeline.logger,
  });
  const { tool, source } = jobTasks({
    tool: troubleShoot,
    jobs: ({ tenant }) => diagnostics.jobsOf(tenant),
    toResult: (result) => {
      const report = troubleShoot.output.parse(result);
      return success(troubleShoot.summary(report), report);
    },
  });
  const { logger, now, lifetime } = pipeline;
  const stopping = lifetime?.stopping;
  const tasks = { info, tools: [tool], source, logger, now, ...(stopping && { stopping }) };
  const surface = toolSurface({
    ...pipeline,
    info,
    instructions,
    tools: [...experts, troubleShoot],
    extensions: [streamedExperts, tasksExtension(tasks)],
  });
  return {
    surface,
    async removeExpiredConversations() {
      for (const ofTenant of conversations.values()) await ofTenant.removeExpired();
    },
  };
}

const askTools: readonly unknown[] = Object.values(domainDefinitions).map(({ askTool }) => askTool);

/** An expert thinks for a while before its first word: the stream shows from the start that it is alive. */
const streamedExperts: ServerExtension = {
  streams: ({ method, params }) =>
    method === 'tools/call' && askTools.includes((params as { name?: unknown } | undefined)?.name),
};
