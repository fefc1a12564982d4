import type { DeploymentJobs } from '#platform/jobs/deployment-jobs';
import type { Endpoint } from '#platform/mcp/endpoint';
import type { SignInService } from '#platform/sign-in/serve';
import type { Logger } from '#platform/telemetry/log';

/** The whole product behind web-standard functions, as the triggers call it. */
export interface App {
  /** The business tools, resources and prompts. */
  readonly mcp: Endpoint;
  /** The experts and the long troubleshooting. */
  readonly agentic: Endpoint;
  /** The same two below the routes of tenants, each for the people of its tenant alone. */
  readonly ofTenant: { readonly mcp: Endpoint; readonly agentic: Endpoint };
  readonly jobs: DeploymentJobs;
  /** Calls at /mcp may wait on the engine, too. */
  readonly callsWait: boolean;
  /** Where the gateway tells of requests that it refused by itself. */
  readonly gatewayRefusals: Endpoint;
  /** The protected-resource metadata of the endpoints (RFC 9728). */
  metadata(request: Request): Response;
  /** The authorization server of each tenant, where this service is one. */
  readonly signIn: SignInService;
  /** The pages of the console at each tenant's address, where this service has a sign-in of its own. */
  console(request: Request): Promise<Response>;
  /** Whether there may be anything at the address of a request: at the host name of cards' frames there is their page alone. */
  readonly serves: (request: Request) => boolean;
  /** The process runs. */
  live(): Response;
  /** The process can do its work: storage answers, and callers can be verified. */
  ready(): Promise<Response>;
  /**
   * Removes what has outlived its time: jobs, conversations, messages between instances, and records by their settings. What
   * it has no time for waits.
   */
  tidy(): Promise<void>;
  /** Where the Functions host of this process listens; undefined when that is not known. */
  readonly hostPort: number | undefined;
  /** For a host that will cut what is open: answers open calls with a sentence that says how to go on. */
  endCalls(): Promise<void>;
  /**
   * For a process that is about to end: answers open calls with a sentence that says how to go on, and writes what is
   * waiting to be written.
   */
  close(): Promise<void>;
  readonly logger: Logger;
}
