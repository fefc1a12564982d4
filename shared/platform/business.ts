import type { Implementation } from '@modelcontextprotocol/server';
import type { PermissionNeeds } from './access/permissions.ts';
import type { PermissionTable } from './access/roles.ts';
import type { ExpertDefinition } from './experts/definition.ts';
import type { OfflinePlans } from './experts/models/offline/offline-model.ts';
import type { Door } from './experts/team/door.ts';
import type { TenantId } from './identity/tenant.ts';
import type { AnyJob } from './jobs/definition.ts';
import type { JobService } from './jobs/jobs.ts';
import type { KnowledgeStore } from './knowledge/document.ts';
import type { AnyPrompt } from './mcp/definitions/prompt.ts';
import type { AnyFamily } from './mcp/definitions/resource.ts';
import type { Skill } from './mcp/definitions/skill.ts';
import type { AnyTool, ToolCall } from './mcp/definitions/tool.ts';
import type { Environment } from './settings/read.ts';
import type { Storage } from './storage/connect.ts';

/** What the platform needs of a tenant's data; all else in it is between the business and its tools. */
export interface BusinessStore {
  readonly knowledge: KnowledgeStore;
  /** Reads ahead what every call would have to wait for. */
  warm(): Promise<void>;
}

/** A long job and the tool that starts it, which follows the job and answers with what it comes to. */
export interface BusinessJob {
  readonly definition: AnyJob;
  /** @param jobsOf the jobs of this kind of the caller's tenant */
  tool(jobsOf: (call: ToolCall) => JobService): AnyTool;
  /** A tool that only experts have: it reads, by `task_id`, a job that an earlier answer left running. */
  reader?(jobsOf: (call: ToolCall) => JobService): AnyTool;
}

/** What a business may use to open its jobs. */
export interface JobSurroundings<Store, Policy = unknown> {
  readonly policy: Policy;
  /** The data of one of the deployment's tenants. */
  readonly storeOf: (tenant: TenantId) => Store;
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
  readonly experts: readonly ExpertDefinition[];
  /** The tool through which all experts can be asked; there is none when not said. */
  readonly door?: Door;
  /** Loads what the experts do without a language model; called only where there is none. */
  readonly offlinePlans: () => Promise<OfflinePlans>;
  openJobs(surroundings: JobSurroundings<Store, Policy>): readonly BusinessJob[];
}
