import type { McpUiHostContext, McpUiInitializeResult } from '@modelcontextprotocol/ext-apps';
import { Messages } from './messages.ts';
import { applyTheme } from './theme.ts';

/** What a tool answered, as far as cards look at it (MCP, tools, "tool result"). */
export interface ToolResult {
  readonly content?: readonly { readonly type: string; readonly text?: string }[];
  readonly structuredContent?: unknown;
  readonly isError?: boolean;
  /** `failure` is the code of the failure, as the server says it to clients that show pages. */
  readonly _meta?: { readonly failure?: unknown };
}

/** Told of what happens in the client. */
export interface Events {
  input(args: Readonly<Record<string, unknown>>): void;
  result(result: ToolResult): void;
  cancelled(reason: string): void;
  context(context: McpUiHostContext): void;
  /** The client takes the page away. */
  gone(): void;
}

/** The client that shows this page (MCP Apps 2026-01-26). */
export interface Host {
  /** Calls a tool as the client's user. @throws HostError with the sentence to show */
  call(tool: string, args: object): Promise<ToolResult>;
  /** Whether the client takes messages for the conversation. */
  readonly canSay: boolean;
  /** Says something in the conversation, as its user. @returns whether the client took it */
  say(text: string): Promise<boolean>;
}

const protocolVersion = '2026-01-26';

/** Connects to the client and tells of what it says, its context first. @throws HostError when it does not answer */
export async function connectHost(name: string, events: Events): Promise<Host> {
  let context: McpUiHostContext = {};
  const changed = (change: McpUiHostContext) => {
    context = { ...context, ...change };
    applyTheme(context);
    events.context(context);
  };
  const messages = new Messages({
    ping: () => ({}),
    'ui/notifications/tool-input': (params) =>
      events.input((params as { arguments?: Record<string, unknown> }).arguments ?? {}),
    'ui/notifications/tool-result': (params) => events.result(params as ToolResult),
    'ui/notifications/tool-cancelled': (params) =>
      events.cancelled((params as { reason?: string } | undefined)?.reason ?? ''),
    'ui/notifications/host-context-changed': (params) => changed(params as McpUiHostContext),
    'ui/resource-teardown': () => events.gone(),
  });
  const { hostContext, hostCapabilities } = await messages.ask<McpUiInitializeResult>('ui/initialize', {
    protocolVersion,
    appInfo: { name, version: '1' },
    appCapabilities: {},
  });
  changed(hostContext);
  messages.tell('ui/notifications/initialized');
  tellSize(messages);
  return {
    call: (tool, args) => messages.ask<ToolResult>('tools/call', { name: tool, arguments: args }),
    canSay: hostCapabilities.message !== undefined,
    async say(text) {
      const message = { role: 'user', content: [{ type: 'text', text }] };
      return await messages.ask<{ isError?: boolean }>('ui/message', message).then(
        ({ isError }) => isError !== true,
        () => false,
      );
    },
  };
}

/** Lets the client give the page as much room as it needs. */
function tellSize(messages: Messages): void {
  const root = document.documentElement;
  new ResizeObserver(() => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    messages.tell('ui/notifications/size-changed', { width: root.clientWidth, height });
  }).observe(document.body);
}
