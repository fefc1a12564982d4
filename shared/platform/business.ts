import type { Implementation } from '@modelcontextprotocol/server';
import type { Permission, PermissionNeeds } from './access/permissions.ts';
import type { PermissionTable } from './access/roles.ts';
import type { ExpertDefinition } from './experts/definition.ts';
import type { OfflinePlans } from './experts/models/offline/offline-model.ts';
import type { Door } from './experts/team/door.ts';
import type { TenantId } from './identity/tenant.ts';
import type { AnyJob } from './jobs/definition.ts';
import type { JobService } from './jobs/jobs.ts';
import type { KnowledgeStore } from './knowledge/document.ts';
import type { Card } from './mcp/definitions/card.ts';
import type { AnyPrompt } from './mcp/definitions/prompt.ts';
import type { AnyFamily } from './mcp/definitions/resource.ts';
import type { Skill } from './mcp/definitions/skill.ts';
import type { AnyTool, ToolCall } from './mcp/definitions/tool.ts';
import type { OverviewPermissions } from './overviews/overview.ts';
import type { Environment } from './settings/read.ts';
import type { Storage } from './storage/connect.ts';

/** What the platform needs of a tenant's data; all else in it is between the business and its tools. */
export interface BusinessStore {
  readonly knowledge: KnowledgeStore;
  /** Reads ahead what every call would have to wait for. */
  warm(): Promise<void>;
  /** What a timer has to do for the data every hour, such as repairs; nothing, when not said. It stops soon after the signal. */
  tidy?(enough: AbortSignal): Promise<void>;
}

/** A long job and the tool that starts it, which follows the job and answers with what it comes to. */
export interface BusinessJob {
  readonly definition: AnyJob;
  /** @param jobsOf the jobs of this kind of the caller's tenant */
  tool(jobsOf: (call: ToolCall) => JobService): AnyTool;
  /** A tool that only experts have: it reads, by `task_id`, a job that an earlier answer left running. */
  reader?(jobsOf: (call: ToolCall) => JobService): AnyTool;
  /** Tools that only the pages of clients call, such as one that reads how far a job is; models do not see them. */
  cardTools?(jobsOf: (call: ToolCall) => JobService): readonly AnyTool[];
}

/** A tool that only pages call. */
export interface CardTool {
  readonly tool: AnyTool;
  /** Whoever's tools are a set in the settings has it with this one of them, such as `resource:knowledge`. */
  readonly with: string;
}

/** What a business may use to open its jobs. */
export interface JobSurroundings<Store, Policy = unknown> {
  readonly policy: Policy;
  /** The data of one of the deployment's tenants. */
  readonly storeOf: (tenant: TenantId) => Store;
}

/** A call, as a client makes it. */
export interface TrialCall {
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** What a check of a deployment may try there, because it changes no record and asks for nobody's. */
export interface Trial {
  /** Of a tool that only reads; it is looked for in the audit trail. */
  readonly call?: TrialCall;
  /** Starts a long job, to see its progress. */
  readonly job?: TrialCall;
  /** What a language model is asked, as an expert would be, by somebody who has no data yet. */
  readonly question?: {
    /** Domain of the expert whose instructions and tools the model gets. */
    readonly expert: string;
    /** Says which of the expert's tools is to be called, once. */
    readonly text: string;
    readonly tool: string;
    /** What the tool answers: made up, because no real data are sent to a server that is only being tried. */
    readonly data: Readonly<Record<string, unknown>>;
  };
}

/**
 * A whole business, as one value: everything that the platform serves for it. The platform knows nothing else of it.
 * @typeParam Store a tenant's data, as the business's tools see them
 * @typeParam Policy what a deployment chose about the business
 */
export interface Business<Store extends BusinessStore = BusinessStore, Policy = unknown> {
  /** Letters and digits; measured names begin with it. */
  readonly name: string;
  readonly info: Implementation;
  /** What people read where they sign in. */
  readonly endpointNames: { readonly tools: string; readonly experts: string };
  /** What a client's model is told of each endpoint. */
  readonly instructions: { readonly tools: string; readonly experts: string };
  /** Who may do what. */
  readonly permissionTable: PermissionTable;
  /** What permissions ask of who uses them, besides a role; nothing, when not said. */
  readonly permissionNeeds?: PermissionNeeds;
  /** The permission to decide on what waits for a second person; nothing ever waits, when not said. */
  readonly approvePermission?: Permission;
  /** The permissions for what pages list of the service itself; pages list nothing of it, when not said. */
  readonly overviewPermissions?: OverviewPermissions;
  /** The roles of a token that names none, in the modes that verify nobody. */
  readonly defaultRoles: readonly string[];
  /** Reads its own settings. @throws SettingsError at the first one that is wrong */
  readPolicy(env: Environment): Policy;
  /** Opens a tenant's data; kept for the life of the process. */
  openStore(storage: Storage, tenant: TenantId, now: () => Date): Store;
  readonly tools: readonly AnyTool[];
  readonly prompts: readonly AnyPrompt[];
  readonly resources: readonly AnyFamily[];
  /** Written procedures over the tools, for the models of clients; there are none when not said. */
  readonly skills?: readonly Skill[];
  /** Pages that clients may show beside the answers of tools; there are none when not said. */
  readonly cards?: readonly Card[];
  /** Tools that only those pages call, beside answers of experts; models do not see them. None, when not said. */
  readonly cardTools?: readonly CardTool[];
  readonly experts: readonly ExpertDefinition[];
  /** The tool through which all experts can be asked; there is none when not said. */
  readonly door?: Door;
  /** Loads what the experts do without a language model; called only where there is none. */
  readonly offlinePlans: () => Promise<OfflinePlans>;
  /** What can be tried on a deployment of it; what is not said is not tried. */
  readonly trial?: Trial;
  openJobs(surroundings: JobSurroundings<Store, Policy>): readonly BusinessJob[];
}
