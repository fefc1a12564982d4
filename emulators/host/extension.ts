import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from './clock.ts';
import type { HostLog } from './log.ts';
import type {
  FunctionMetadata,
  InvocationOutcome,
  InvocationRequest,
  ParameterBinding,
} from './worker/rpc.ts';

/** What an extension gets when the host starts it: the app is loaded, and requests are not served yet. */
export interface ExtensionContext {
  /** Where the host listens, for example `http://127.0.0.1:7071`. */
  readonly origin: string;
  /** The extension's section of host.json, `extensions.<name>`. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Every enabled function of the app. */
  readonly functions: readonly FunctionMetadata[];
  /** The key that requests to the extension's webhooks carry in `?code=`; undefined when keys are not checked. */
  readonly systemKey: string | undefined;
  readonly log: HostLog;
  readonly clock: Clock;
  /** Replaces every `%NAME%` by the app setting NAME. Throws when there is none. */
  resolve(text: string): string;
  /**
   * Runs one function, logged and timed like every other invocation. Rejects with what the function throws.
   * @param reason why, as the log says it
   */
  invoke(
    functionName: string,
    reason: string,
    request: Partial<InvocationRequest>,
  ): Promise<InvocationOutcome>;
}

/** Emulates one extension of the Functions host: the triggers it drives, the inputs it supplies, its webhooks. */
export interface HostExtension {
  /** As in host.json `extensions.<name>` and in `/runtime/webhooks/<name>/`. */
  readonly name: string;
  /** Trigger types that this extension drives, in lower case. */
  readonly triggers: readonly string[];
  /** Input binding types that `inputs` supplies, in lower case. */
  readonly inputBindings: readonly string[];
  start(context: ExtensionContext): Promise<void>;
  /** Input data for those bindings of the function that belong to this extension. */
  inputs(metadata: FunctionMetadata): readonly ParameterBinding[];
  /** Answers a request below `/runtime/webhooks/<name>/`. */
  handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void>;
  stop(): Promise<void>;
}
