/** What the benchmark uses of its peers, which are installed only when it runs. */
declare module 'fastmcp' {
  interface Tool {
    readonly name: string;
    readonly description: string;
    readonly annotations: object;
    readonly parameters: unknown;
    readonly outputSchema: unknown;
    readonly execute: (args: unknown) => Promise<object>;
  }
  interface Logger {
    debug(...args: unknown[]): void;
    error(...args: unknown[]): void;
    info(...args: unknown[]): void;
    log(...args: unknown[]): void;
    warn(...args: unknown[]): void;
  }
  interface HttpStream {
    readonly port: number;
    readonly host: string;
    readonly endpoint: `/${string}`;
    readonly stateless: boolean;
  }
  export class FastMCP {
    constructor(options: { name: string; version: string; logger: Logger });
    addTool(tool: Tool): void;
    start(options: { transportType: 'httpStream'; httpStream: HttpStream }): Promise<void>;
  }
}

declare module 'tmcp' {
  interface Tool {
    readonly name: string;
    readonly title: string;
    readonly description: string;
    readonly annotations: object;
    readonly schema: unknown;
    readonly outputSchema: unknown;
  }
  export class McpServer {
    constructor(info: { name: string; version: string }, options: { adapter: object; capabilities: object });
    tool(tool: Tool, call: (args: Readonly<Record<string, unknown>>) => Promise<object>): void;
  }
}

declare module '@tmcp/adapter-zod' {
  export class ZodJsonSchemaAdapter {}
}

declare module '@tmcp/transport-http' {
  import type { McpServer } from 'tmcp';
  export class HttpTransport {
    constructor(server: McpServer, options: { path: string });
    respond(request: Request): Promise<Response | null>;
  }
}

declare module 'mcp-use' {
  export class MCPServer {
    constructor(config: { name: string; version: string; logging: { enabled: boolean } });
    tool(
      tool: { readonly name: string; readonly inputSchema: unknown; readonly outputSchema: unknown },
      call: (args: Readonly<Record<string, unknown>>) => Promise<object>,
    ): void;
    fetch(request: Request): Promise<Response>;
  }
}

declare module 'mcp-handler' {
  import type { McpServer } from '@modelcontextprotocol/server';
  export function createMcpHandler(
    initialize: (server: McpServer) => void,
  ): (request: Request) => Promise<Response>;
}
