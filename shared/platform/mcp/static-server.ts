import {
  type ClientCapabilities,
  type Implementation,
  type InputRequiredResult,
  isInputRequiredResult,
  McpServer,
  type McpServerOptions,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
  type Transport,
} from '@modelcontextprotocol/server';
import type { Principal } from '../identity/principal.ts';
import { endless, isCalledOff, type Lifetime } from './calling-off.ts';
import { serveCatalog } from './catalog/handlers.ts';
import type { PromptSurface, ResourceSurface } from './catalog/surface.ts';
import { elicitWithin, thinkingTime } from './elicitation.ts';
import type { ServedRequest, ServerExtension } from './extension.ts';
import { inOwnWords } from './own-words.ts';
import type { ToolResult } from './pipeline/invocation.ts';
import type { RegisteredTool, ToolRegistry } from './registry.ts';

/** What an endpoint serves. Computed once per process and shared by every request. */
export interface Surface {
  readonly info: Implementation;
  readonly instructions: string;
  readonly tools: Pick<ToolRegistry, 'find' | 'listFor'>;
  readonly callTool: (tool: RegisteredTool, request: ToolRequest) => Promise<ToolResult>;
  /** Checks the state that a client brings back with an answer; throws when it is not ours, expired or somebody else's. */
  readonly verifyState: (state: string, context: ServerContext) => Promise<unknown>;
  readonly resources?: ResourceSurface;
  readonly prompts?: PromptSurface;
  readonly extensions: readonly ServerExtension[];
  /** How long a client of a 2025 revision may take to answer a question; {@link thinkingTime} when not said. */
  readonly thinkingTimeMs?: number;
  /** {@link endless} when not said. */
  readonly lifetime?: Lifetime;
}

/** One `tools/call` with all that is trusted about it. */
export interface ToolRequest {
  readonly principal: Principal;
  readonly arguments: unknown;
  readonly context: ServerContext;
  /** The client declared that it can show its user a form. */
  readonly canAsk: boolean;
  /**
   * Asks the client within the call: for revisions whose clients do not carry a question there and back.
   * @returns what the client answered, whatever that is; undefined when it cannot or does not
   */
  readonly elicit?: (question: InputRequiredResult) => Promise<unknown>;
  /** Whether the caller wants the work ended, now that the request's signal has aborted; see `isCalledOff`. */
  readonly calledOff: () => Promise<boolean>;
}

/** How long clients may keep what depends on the caller's roles, and therefore is theirs alone, in milliseconds. */
const definitions = { ttlMs: 300_000, cacheScope: 'private' } as const;
/** Documents are cached for as long on the server, too. */
const documents = { ttlMs: 60_000, cacheScope: 'private' } as const;

/**
 * A server object for one request over a static surface. The SDK converts every tool's schema each time tools are
 * registered; here two closures are all that is made per request.
 */
export class StaticMcpServer extends McpServer {
  readonly surface: Surface;
  readonly #served: ServedRequest;

  constructor(surface: Surface, request: ServedRequest) {
    super(surface.info, serverOptions(surface));
    this.surface = surface;
    this.#served = request;
    const { principal } = request;
    this.server.setRequestHandler('tools/list', () => ({
      tools: [...surface.tools.listFor(principal.permissions)],
    }));
    this.server.setRequestHandler('tools/call', async (request, context) => {
      const tool = surface.tools.find(request.params.name);
      if (tool === undefined) {
        throw new ProtocolError(
          ProtocolErrorCode.InvalidParams,
          'Unknown tool: call tools/list to see the tools that you may use.',
        );
      }
      const result = await surface.callTool(tool, this.toolRequest(request.params.arguments, context));
      if (isInputRequiredResult(result)) return result;
      return this.server.projectCallToolResult(result, tool.wire.outputSchema);
    });
    serveCatalog(this, surface, principal);
    for (const { extend } of surface.extensions) extend?.(this, request);
  }

  /** The request that this object serves, as a call with these arguments. */
  toolRequest(args: unknown, context: ServerContext): ToolRequest {
    const { lifetime = endless } = this.surface;
    return {
      principal: this.#served.principal,
      arguments: args,
      context,
      canAsk: canShowForm(this.server.getClientCapabilities()),
      ...(this.#served.era === 'legacy' && {
        elicit: (question) => elicitWithin(this.server, question, context, this.surface.thinkingTimeMs),
      }),
      calledOff: () => isCalledOff(this.#served, context, lifetime),
    };
  }

  /** No error leaves in words of the protocol layer. */
  override async connect(transport: Transport): Promise<void> {
    const send = transport.send.bind(transport);
    transport.send = (message, options) =>
      send('error' in message ? { ...message, error: inOwnWords(message.error) } : message, options);
    await super.connect(transport);
  }

  /** Used by the SDK to check `Mcp-Param-*` headers against the arguments. */
  override toolInputSchemaJson(name: string): Record<string, unknown> | undefined {
    return this.surface.tools.find(name)?.wire.inputSchema;
  }
}

/** An elicitation capability without a mode means forms (MCP 2025-11-25, elicitation, capabilities). */
function canShowForm(capabilities: ClientCapabilities | undefined): boolean {
  const elicitation = capabilities?.elicitation;
  return elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined);
}

function serverOptions(surface: Surface): McpServerOptions {
  return {
    capabilities: { tools: { listChanged: false } },
    instructions: surface.instructions,
    requestState: { verify: surface.verifyState },
    inputRequired: { roundTimeoutMs: surface.thinkingTimeMs ?? thinkingTime },
    cacheHints: {
      'server/discover': definitions,
      'tools/list': definitions,
      'prompts/list': definitions,
      'resources/templates/list': definitions,
      'resources/list': documents,
      'resources/read': documents,
    },
  };
}
