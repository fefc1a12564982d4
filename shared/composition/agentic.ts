import { openTo, viewerAt } from '#platform/access/exposure';
import type { ApprovalsOf } from '#platform/approvals/tools';
import type { Business, BusinessJob } from '#platform/business';
import { approvals } from '#platform/experts/approval/approvals';
import { type ThroughTaskOptions, throughTask } from '#platform/experts/approval/through-task';
import type { Close } from '#platform/experts/approval/with-closing';
import type { Accounting } from '#platform/experts/budget/accounted';
import { openConversations } from '#platform/experts/conversations';
import { askToolOf, type ExpertDefinition } from '#platform/experts/definition';
import {
  journaledBudget,
  journaledConversations,
  journaledRouter,
  journaledToolbox,
} from '#platform/experts/durable/journaled';
import { expertTools } from '#platform/experts/expert-tools';
import type { ChatModel } from '#platform/experts/ports';
import { type DoorDependencies, doorTools } from '#platform/experts/team/door';
import { handTools } from '#platform/experts/team/hand-over';
import type { Router } from '#platform/experts/team/router';
import { toolSpec } from '#platform/experts/tool-specs';
import { perTenant } from '#platform/identity/per-tenant';
import type { TenantId } from '#platform/identity/tenant';
import type { AnyJob } from '#platform/jobs/definition';
import type { DeploymentJobs } from '#platform/jobs/deployment-jobs';
import { type AnyTool, namesOf, type ToolCall } from '#platform/mcp/definitions/tool';
import { callPipeline } from '#platform/mcp/pipeline/call-pipeline';
import type { PipelineOptions } from '#platform/mcp/pipeline/options';
import { ToolRegistry } from '#platform/mcp/registry';
import type { ServerExtension, Surface } from '#platform/mcp/surface';
import { anyOf } from '#platform/mcp/tasks/any-of';
import { jobTasks } from '#platform/mcp/tasks/job-tasks';
import { setUpTasks, type TasksOptions } from '#platform/mcp/tasks/options';
import type { TaskDialogue } from '#platform/mcp/tasks/ports';
import { tasksExtension } from '#platform/mcp/tasks/tasks-extension';
import { resultOfTool } from '#platform/mcp/tool-answer';
import { toolSurface } from '#platform/mcp/tool-surface';
import { approvalOffers, type Offers, offersOf, overviewOffers } from '#platform/offers';
import type { ReadTrail } from '#platform/overviews/trail';
import type { Storage } from '#platform/storage/connect';
import { inTurn } from '#platform/storage/in-turn';
import { expertToolboxes } from './expert-toolbox.ts';
import type { LongQuestions } from './long-questions.ts';

export interface AgenticOptions {
  readonly business: Pick<
    Business,
    | 'info'
    | 'instructions'
    | 'approvePermission'
    | 'overviewPermissions'
    | 'tools'
    | 'prompts'
    | 'resources'
    | 'skills'
    | 'cardTools'
    | 'experts'
    | 'door'
  >;
  readonly businessJobs: readonly BusinessJob[];
  readonly pipeline: PipelineOptions;
  readonly jobs: DeploymentJobs;
  readonly questions: LongQuestions;
  /** The model of a tenant's experts. */
  readonly modelOf: (tenant: TenantId) => ChatModel;
  /** A language model answers, not plans. */
  readonly hasLanguageModel: boolean;
  readonly accounting: Accounting;
  /** Finds the expert for a question that was put to nobody in particular. */
  readonly routerOf: (tenant: TenantId) => Router;
  /** How long an expert may take to answer a caller who gets no progress, in milliseconds. */
  readonly answerWithinMs: number;
  /** Whether clients are asked to let their user agree to what an expert proposes. */
  readonly asksClients: boolean;
  readonly storage: Storage;
  readonly tenants: readonly TenantId[];
  /** What those of them have that do not have everything. */
  readonly sets: ReadonlyMap<TenantId, ReadonlySet<string>>;
  /** The approvals of a tenant, for those who decide; undefined where nothing needs a second person. */
  readonly approvalsOf: ApprovalsOf;
  readonly readTrail: ReadTrail;
  /** Further parts of the protocol. */
  readonly extensions: readonly ServerExtension[];
}

export interface Agentic {
  readonly surface: Surface;
  /** What the whole deployment offers: the tools of this endpoint are made here. */
  readonly offers: Offers;
  /** All tools of it, those of other endpoints and of experts among them. */
  readonly registry: ToolRegistry;
  /** Removes the conversations that have expired, of all tenants. */
  removeExpiredConversations(enough?: AbortSignal): Promise<void>;
}

/** The endpoint for clients that want answers, not tools: a handful of definitions instead of twenty. */
export function agenticSurface(options: AgenticOptions): Agentic {
  const { business, businessJobs, pipeline, jobs, questions, modelOf, routerOf, accounting, answerWithinMs } =
    options;
  const { storage, tenants, sets, asksClients } = options;
  const { info, instructions } = business;
  const jobsOf =
    ({ name }: AnyJob) =>
    ({ principal }: Pick<ToolCall, 'principal'>) =>
      jobs.of(name, principal.tenant);
  const longTools = businessJobs.map((job) => longTool(job, jobs));
  const jobTools = longTools.map(({ tool }) => tool.definition);
  const jobReaders = businessJobs.flatMap(({ definition, reader }) =>
    reader === undefined ? [] : [reader(jobsOf(definition))],
  );
  const jobCardTools = businessJobs.flatMap(
    ({ definition, cardTools }) => cardTools?.(jobsOf(definition)) ?? [],
  );
  const conversations = perTenant(tenants, (tenant) =>
    openConversations({ storage, tenant, now: pipeline.now }),
  );
  const conversationsFor = ({ principal }: Pick<ToolCall, 'principal'>) =>
    journaledConversations(conversations.of(principal.tenant).of(principal.user));
  const answering: DoorDependencies = {
    ...accounting,
    budget: accounting.budget && journaledBudget(accounting.budget),
    modelFor: ({ principal }) => modelOf(principal.tenant),
    routerFor: ({ principal }) => journaledRouter(routerOf(principal.tenant)),
    mayAsk: (call, expert) => mayAsk(call, expert),
    toolboxFor: (call, expert, handing) => journaledToolbox(toolboxFor(call, expert, handing)),
    conversationsFor,
    answerWithinMs,
    logger: pipeline.logger,
  };
  const askTools = [...doorTools(business, answering), ...expertTools(business.experts, answering)];
  const parts = {
    askTools,
    handTools: handTools(business.experts),
    ...{ jobTools, jobReaders, jobCardTools },
    ...approvalOffers(business, options.approvalsOf),
    overviews: overviewOffers(business, [...jobTools, ...askTools], {
      jobs: () => visible.tasks,
      approvalsOf: options.approvalsOf,
      readTrail: options.readTrail,
    }),
  };
  const offers = offersOf({ ...business, ...parts, tenants, sets });
  const { switches } = pipeline;
  const mayAsk = ({ principal }: ToolCall, { domain }: ExpertDefinition) =>
    openTo(
      offers.tools,
      viewerAt('agentic', { ...principal, ...(switches && { switches: switches.latest() }) }),
    ).some(({ thing }) => thing.name === askToolOf(domain));
  const registry = new ToolRegistry(offers.tools);
  const toolboxFor = expertToolboxes({ registry, run: callPipeline(pipeline), switches });
  const { logger, now, lifetime } = pipeline;
  const stopping = lifetime?.stopping;
  const asked = questions.serve({
    tools: askTools,
    offers: offers.tools,
    ...{ pipeline, jobs, answerWithinMs },
  });
  const tools = [...longTools.map(({ tool }) => tool), ...asked.tools];
  const source = anyOf([...longTools.map((one) => one.source), asked.source]);
  let throughTasks: TaskDialogue | undefined;
  const dialogue: TaskDialogue = {
    asking: async (state, principal) => (await throughTasks?.asking(state, principal)) ?? state,
    answered: async (state, request) => await throughTasks?.answered(state, request),
  };
  const tasks: TasksOptions = {
    endpoint: 'agentic',
    offers: offers.tools,
    ...{ info, tools, source, dialogue, logger, now },
    ...(stopping && { stopping }),
  };
  const visible = setUpTasks(tasks);
  const surface = toolSurface({
    ...pipeline,
    endpoint: 'agentic',
    info,
    instructions: instructions.experts,
    tools: offers.tools,
    cardTools: offers.cardTools,
    extensions: [streamed(askTools), tasksExtension(tasks), ...options.extensions],
  });
  const specOf = (name: string) => {
    const found = registry.find(name);
    return found && toolSpec(found.thing);
  };
  const closing: Close = async (decided, call, withinMs) => {
    // Loaded only here: without a language model nothing needs it.
    const { closingTurn } = await import('#platform/experts/approval/closing-turn');
    return await closingTurn({ ...answering, experts: business.experts, specOf })(decided, call, withinMs);
  };
  const means = { run: surface.run, registry, ...(options.hasLanguageModel && { close: closing }) };
  const approval = approvals({
    ...means,
    conversationsFor,
    askTools: askTools.map(({ name }) => name),
    asksClients,
  });
  const claim: ThroughTaskOptions['claim'] = (principal, id) =>
    pipeline.resources(principal).usedNonces.use(principal.user, id, now());
  const { answers } = asked;
  throughTasks = asksClients ? throughTask({ means, conversationsFor, answers, claim, now }) : undefined;
  return {
    surface: { ...surface, approval },
    offers,
    registry,
    async removeExpiredConversations(enough) {
      await inTurn(conversations.all.values(), { enough }, (ofTenant) => ofTenant.removeExpired(enough));
    },
  };
}

/** A job behind its tool, as calls and as tasks. */
function longTool({ definition, tool: toolOf }: BusinessJob, jobs: DeploymentJobs) {
  const tool = toolOf(({ principal }) => jobs.of(definition.name, principal.tenant));
  return jobTasks({
    tool,
    jobs: ({ tenant }) => jobs.of(definition.name, tenant),
    toResult: (result) => resultOfTool(tool, tool.output.parse(result)),
  });
}

/** It takes a while until an expert has something to tell, so the stream is kept alive from the start. */
function streamed(experts: readonly AnyTool[]): ServerExtension {
  const names: readonly unknown[] = experts.flatMap(namesOf);
  return {
    streams: ({ method, params }) =>
      method === 'tools/call' && names.includes((params as { name?: unknown } | undefined)?.name),
  };
}
