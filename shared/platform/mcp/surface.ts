import type { CallToolResult, Implementation, McpServer, ServerContext } from '@modelcontextprotocol/server';
import type * as z from 'zod';
import type { EndpointName } from '../access/offer.ts';
import type { Principal } from '../identity/principal.ts';
import type { Lifetime } from './calling-off.ts';
import type { PromptSurface, ResourceSurface, SkillSurface } from './catalog/surface.ts';
import type { JsonObject } from './http/body.ts';
import type { OperationRequest, RunOperation } from './operation-request.ts';
import type { Answer } from './pipeline/answer.ts';
import type { Operation } from './pipeline/operation.ts';
import type { ToolRegistry } from './registry.ts';
import type { ServedRequest } from './served-request.ts';
import type { FailureForm, ToolResult } from './tool-answer.ts';

/** What an endpoint serves. Computed once per process and shared by every request. */
export interface Surface extends FailureForm {
  readonly endpoint: EndpointName;
  readonly info: Implementation;
  readonly instructions: string;
  readonly tools: Pick<ToolRegistry, 'find' | 'listFor'>;
  /** Those that pages call and models do not see; only clients that show pages have them. */
  readonly cardTools?: Surface['tools'];
  readonly run: RunOperation;
  /** Where calls of tools may propose changes; nothing is proposed when left out. */
  readonly approval?: Approval;
  /** Checks the state that a client brings back with an answer; throws when it is not ours, expired or somebody else's. */
  readonly verifyState: (state: string, context: ServerContext) => Promise<unknown>;
  readonly resources?: ResourceSurface;
  readonly prompts?: PromptSurface;
  readonly skills?: SkillSurface;
  readonly extensions: readonly ServerExtension[];
  /** How long a client of a 2025 revision may take to answer a question, in milliseconds; four minutes at most when not said. */
  readonly thinkingTimeMs?: number;
  /** That of a process that is not told of its end, when not said. */
  readonly lifetime?: Lifetime;
}

/** Lets callers decide on changes that an answer proposes. Throws as {@link RunOperation} does. */
export interface Approval {
  /** The operation that decides on what waits, when that is all that the call is about; it is answered at once. */
  decision(
    operation: Operation<CallToolResult>,
    request: OperationRequest,
  ): Operation<CallToolResult> | undefined;
  /**
   * Asks the caller about what an answer proposes, if it can be asked, one change after the other; otherwise the answer
   * stays as it is. That of a decision goes on to the next change.
   */
  settle(
    operation: Operation<CallToolResult>,
    answer: CallToolResult,
    request: OperationRequest,
  ): Promise<Answer<ToolResult>>;
}

/** The surface as the client of a request is shown it. */
export function shownTo(request: ServedRequest, whole: Surface): Surface {
  return whole.extensions.reduce((one, { shown }) => shown?.(one, request) ?? one, whole);
}

/** Answers a call of a tool that is no task, with what it proposes decided where its caller can be asked. */
export async function callTool(
  { run, approval }: Pick<Surface, 'run' | 'approval'>,
  operation: Operation<CallToolResult>,
  request: OperationRequest,
): Promise<Answer<ToolResult>> {
  const decision = approval?.decision(operation, request);
  const answer = await run(decision ?? operation, request);
  return approval !== undefined && answer.kind === 'done'
    ? await approval.settle(operation, answer.result, request)
    : answer;
}

/** The server object of one request, as extensions may change it. */
export interface ServedServer extends McpServer {
  readonly surface: Surface;
  /** How long the client may keep what its caller is shown, for results that have such fields in its revision. */
  readonly cacheHint: { readonly ttlMs: number; readonly cacheScope: 'private' } | undefined;
  /** The request that the object serves, as one for an operation with these arguments. */
  requestFor(args: unknown, context: ServerContext): OperationRequest;
}

/** A part of the protocol that a surface may have or not have. Hooks are called in the order of the surface's list. */
export interface ServerExtension {
  /** It has no say in how a call of a tool is answered, but for the surface that it shows. */
  readonly leavesCalls?: true;
  /** Schemas of the parameters of its own methods, by method. */
  readonly params?: Readonly<Record<string, z.ZodType>>;
  /** The surface as the client of this request is shown it; as it is, when left out. Asked before all else. */
  readonly shown?: (surface: Surface, request: ServedRequest) => Surface;
  /** Declares capabilities, adds handlers or replaces them; called before the server object is connected. */
  readonly extend?: (server: ServedServer, request: ServedRequest) => void;
  /**
   * Sees every message that the caller may send before it is dispatched. A response answers it; undefined passes it
   * on. Nothing of the protocol layer has checked the message yet.
   */
  readonly intercept?: (
    request: Request,
    body: JsonObject,
    principal: Principal,
  ) => Promise<Response | undefined>;
  /**
   * Whether the answer to this message has to be a stream from its first byte on. Without that, an answer of the
   * `modern` era is a stream only after its first notification; older revisions always get one.
   */
  readonly streams?: (body: JsonObject) => boolean;
}
