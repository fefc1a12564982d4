import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import {
  AppBridge,
  getToolUiResourceUri,
  isToolVisibilityModelOnly,
  type McpUiHostContext,
  type McpUiResourceMeta,
  PostMessageTransport,
} from '@modelcontextprotocol/ext-apps/app-bridge';

/** What is shown, for whom and how. */
export interface Show {
  /** Of the endpoint. */
  readonly path: string;
  readonly token: string;
  readonly tool: string;
  readonly args: Record<string, unknown>;
  readonly context: McpUiHostContext;
  /** Where the frame's page is served: another origin than this one. */
  readonly sandbox: string;
  /** The user can be asked by the server, and answers so. */
  readonly user?: 'agrees' | 'declines';
  /** Whether the page's own policy is all that holds it. */
  readonly careless?: boolean;
  /** With which everything is called that the page or the conversation calls, where it is another one than that of the lists. */
  readonly later?: string;
  /** Whether the page is looked at before the call is answered. */
  readonly isLong?: boolean;
  /** The host takes tasks, and tells the page the answer at their end: not within a test. */
  readonly takesTasks?: boolean;
}

export interface Shown {
  /** Names of the tools that the page called. */
  readonly calls: string[];
  /** What the page said in the conversation. */
  readonly messages: string[];
  readonly questions: string[];
  change(context: McpUiHostContext): void;
  /** Everything is called with this token from now on. */
  become(token: string): void;
  takeAway(): Promise<void>;
}

declare global {
  var show: (what: Show) => Promise<void>;
  var shown: Shown | undefined;
}

const cardsExtension = { 'io.modelcontextprotocol/ui': { mimeTypes: ['text/html;profile=mcp-app'] } };

/** A host as the extension describes it, made of its own library: a client, a frame of another origin, a bridge. */
globalThis.show = async (what) => {
  const { path, token, tool: name, args, context, sandbox, user, careless, later = token, isLong } = what;
  const { takesTasks = false } = what;
  const questions: string[] = [];
  const client = new Client(
    { name: 'host', version: '1' },
    {
      versionNegotiation: { mode: 'auto' },
      capabilities: {
        extensions: { ...cardsExtension, ...(takesTasks && { 'io.modelcontextprotocol/tasks': {} }) },
        ...(user && { elicitation: { form: {} } }),
      },
    },
  );
  if (user !== undefined) {
    client.setRequestHandler('elicitation/create', async ({ params }) => {
      questions.push(params.message);
      return user === 'agrees'
        ? { action: 'accept' as const, content: { confirm: true } }
        : { action: 'decline' as const };
    });
  }
  const headers = { Authorization: `Bearer ${token}` };
  await client.connect(
    new StreamableHTTPClientTransport(new URL(path, location.href), { requestInit: { headers } }),
  );
  const { tools } = await client.listTools();
  const tool = tools.find((one) => one.name === name);
  const uri = tool && getToolUiResourceUri(tool);
  if (tool === undefined || uri === undefined) {
    throw new Error(`${name} has no card.`);
  }
  const { contents } = await client.readResource({ uri });
  const [page] = contents;
  if (page === undefined || !('text' in page)) {
    throw new Error('The page is empty.');
  }
  const { csp = {} } = (page._meta?.ui ?? {}) as McpUiResourceMeta;
  const frame = document.createElement('iframe');
  frame.sandbox.add('allow-scripts', 'allow-same-origin');
  frame.title = 'card';
  const policy = careless === true ? 'none' : JSON.stringify(csp);
  frame.src = `${sandbox}?policy=${encodeURIComponent(policy)}`;
  const calls: string[] = [];
  const messages: string[] = [];
  const bridge = new AppBridge(
    null,
    { name: 'host', version: '1' },
    { serverTools: {}, serverResources: {}, message: { text: {} } },
    { hostContext: { ...context, toolInfo: { tool } } },
  );
  const ready = new Promise<void>((resolve) => {
    addEventListener('message', ({ source, data }) => {
      if (source === frame.contentWindow && data?.method === 'ui/notifications/sandbox-proxy-ready') {
        resolve();
      }
    });
  });
  bridge.onsizechange = ({ height }) => {
    frame.style.height = `${height}px`;
  };
  const initialized = new Promise<void>((resolve) => {
    bridge.oninitialized = () => resolve();
  });
  document.body.replaceChildren(frame);
  await ready;
  const frameWindow = frame.contentWindow;
  if (frameWindow === null) {
    throw new Error('There is no frame.');
  }
  bridge.onmessage = async ({ content }) => {
    messages.push(...content.flatMap((part) => (part.type === 'text' ? part.text : [])));
    return {};
  };
  bridge.onreadresource = (params) => client.readResource(params);
  bridge.oncalltool = async (params) => {
    calls.push(params.name);
    const called = tools.find((one) => one.name === params.name);
    if (called !== undefined && isToolVisibilityModelOnly(called)) {
      throw new Error(`${params.name} is not for cards.`);
    }
    return await client.callTool(params);
  };
  globalThis.shown = {
    calls,
    messages,
    questions,
    change: (more) => bridge.setHostContext({ ...context, toolInfo: { tool }, ...more }),
    become: (other) => {
      headers.Authorization = `Bearer ${other}`;
    },
    takeAway: async () => {
      await bridge.teardownResource({});
    },
  };
  await bridge.connect(new PostMessageTransport(frameWindow, frameWindow));
  await bridge.sendSandboxResourceReady({ html: page.text, sandbox: 'allow-scripts' });
  await initialized;
  await bridge.sendToolInput({ arguments: args });
  headers.Authorization = `Bearer ${later}`;
  const called = client.callTool({ name, arguments: args });
  if (takesTasks) {
    await called.catch(() => {});
    return;
  }
  const answered = called
    .then((result) => bridge.sendToolResult(result))
    // what the protocol refuses is an answer to the conversation alone
    .catch((error: Error) => bridge.sendToolCancelled({ reason: error.message }));
  if (isLong !== true) {
    await answered;
  }
};
