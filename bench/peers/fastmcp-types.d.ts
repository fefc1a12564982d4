/** What the benchmark uses of the package, which is installed only when it runs. */
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
