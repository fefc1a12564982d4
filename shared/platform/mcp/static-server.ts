import {
  type ClientCapabilities,
  isInputRequiredResult,
  McpServer,
  type McpServerOptions,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
  type Transport,
} from '@modelcontextprotocol/server';
import { viewerAt } from '../access/exposure.ts';
import { endless, isCalledOff } from './calling-off.ts';
import { serveCatalog } from './catalog/handlers.ts';
import { elicitWithin, thinkingTime } from './elicitation.ts';
import type { OperationRequest } from './operation-request.ts';
import { inOwnWords } from './own-words.ts';
import type { ServedRequest } from './served-request.ts';
import { briefly } from './server-identity.ts';
import { callTool, type ServedServer, type Surface, shownTo } from './surface.ts';
import { toolAnswer } from './tool-answer.ts';

/** How long clients may keep what depends on the caller's roles, and therefore is theirs alone, in milliseconds. */
const definitions = { ttlMs: 300_000, cacheScope: 'private' } as const;
/** Documents are cached for as long on the server, too. */
const documents = { ttlMs: 60_000, cacheScope: 'private' } as const;

/**
 * A server object for one request over a static surface. The SDK converts every tool's schema each time tools are
 * registered; here two closures are all that is made per request.
 */
export class StaticMcpServer extends McpServer implements ServedServer {
  readonly surface: Surface;
  readonly #served: ServedRequest;

  constructor(whole: Surface, request: ServedRequest) {
    super(request.introduces ? whole.info : briefly(whole.info), serverOptions(whole));
    const surface = shownTo(request, whole);
    this.surface = surface;
    this.#served = request;
    const { principal } = request;
    this.server.setRequestHandler('tools/list', () => ({
      tools: [...surface.tools.listFor(viewerAt(surface.endpoint, principal))],
    }));
    this.server.setRequestHandler('tools/call', async (request, context) => {
      const tool = surface.tools.find(request.params.name);
      if (tool === undefined) {
        throw new ProtocolError(
          ProtocolErrorCode.InvalidParams,
          'Unknown tool: call tools/list to see the tools that you may use.',
        );
      }
      const asked = this.requestFor(request.params.arguments, context);
      const result = toolAnswer(await callTool(surface, tool.operation, asked), surface);
      if (isInputRequiredResult(result)) {
        return result;
      }
      return this.server.projectCallToolResult(result, tool.wire.outputSchema);
    });
    serveCatalog(this);
    for (const { extend } of surface.extensions) {
      extend?.(this, request);
    }
  }

  get cacheHint(): typeof definitions | undefined {
    return this.#served.era === 'modern' ? definitions : undefined;
  }

  /** The request that this object serves, as one for an operation with these arguments. */
  requestFor(args: unknown, context: ServerContext): OperationRequest {
    const { lifetime = endless, thinkingTimeMs = thinkingTime } = this.surface;
    return {
      principal: this.#served.principal,
      endpoint: this.surface.endpoint,
      arguments: args,
      context,
      canAsk: canShowForm(this.server.getClientCapabilities()),
      ...(this.#served.era === 'legacy' && {
        elicit: (question, withinMs = thinkingTimeMs) =>
          elicitWithin(this.server, question, context, Math.min(withinMs, thinkingTimeMs)),
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
