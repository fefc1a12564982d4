import type { SignInWay } from '../../gateway/registry.ts';
import type { StackReport } from './report.ts';

export interface StackOptions {
  /** Port of the gateway, the front door; 0 takes a free one. */
  readonly port: number;
  /** Keeps everything in memory and leaves the project's own data alone. */
  readonly ephemeral: boolean;
  /** Folder for what outlives a restart: data, keys, ports; `.local` of the project by default. */
  readonly dir?: string;
  /** One backend for all tenants, instead of one for each. */
  readonly pooled: boolean;
  /** Storage that is already there; without it the stack starts Azurite. */
  readonly dataStorage: string | undefined;
  /** Where clients sign in, instead of where the gateway's registry says. */
  readonly signIn?: SignInWay;
  /** Further settings of the backends. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Named values of the gateway's policies, instead of those of this machine. */
  readonly namedValues?: Readonly<Record<string, string>>;
  /** Gets what is being done, in a few words, and then how it ended. */
  readonly report: StackReport;
  /** Gives the start up; what was started is ended. Once it is done, the stack's own `stop` ends it. */
  readonly signal?: AbortSignal;
  /** Gets each line that the hosts print. */
  readonly onHostLine: (line: string) => void;
}

/** How one tenant's users reach the service, and where its data is. */
export interface TenantAccess {
  /** Address of the tools endpoint, through the gateway. */
  readonly mcp: string;
  /** Address of the experts endpoint, through the gateway. */
  readonly agentic: string;
  /** Address of the backend's tools endpoint, which refuses whoever comes past the gateway. */
  readonly backend: string;
  readonly dataStorage: string;
  /** Address of the identity provider. */
  readonly authority: string;
}
