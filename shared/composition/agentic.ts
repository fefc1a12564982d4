import type { Implementation } from '@modelcontextprotocol/server';
import type { Diagnostics } from '#contoso/diagnosis/diagnostics';
import { troubleShootDevice } from '#contoso/diagnosis/trouble-shoot-device';
import { domainDefinitions } from '#contoso/experts/domains';
import { businessTools } from '#contoso/tools/index';
import { openConversations } from '#platform/experts/conversations';
import { expertTools } from '#platform/experts/expert-tools';
import type { ChatModel } from '#platform/experts/ports';
import type { TenantId } from '#platform/identity/tenant';
import { getDiagnosis } from '#platform/jobs/get-diagnosis';
import type { AnyTool, ToolCall } from '#platform/mcp/definitions/tool';
import type { ServerExtension } from '#platform/mcp/extension';
import { success } from '#platform/mcp/pipeline/run-tool';
import { ToolRegistry } from '#platform/mcp/registry';
import type { Surface } from '#platform/mcp/static-server';
import { jobTasks } from '#platform/mcp/tasks/job-tasks';
import { tasksExtension } from '#platform/mcp/tasks/tasks-extension';
import { callPipeline, type PipelineOptions, toolSurface } from '#platform/mcp/tool-surface';
import type { Storage } from '#platform/storage/connect';
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
