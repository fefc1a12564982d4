import type { CallToolResult, Tool } from '@modelcontextprotocol/client';
import {
  AppBridge,
  getToolUiResourceUri,
  isToolVisibilityModelOnly,
  type McpUiHostContext,
  PostMessageTransport,
} from '@modelcontextprotocol/ext-apps/app-bridge';
import { failedWith, Refusal } from '../mcp/failure.ts';
import type { Connection } from '../mcp/session.ts';
import { textOf } from '../mcp/text.ts';
import { openFrame } from './frame.ts';
import type { ShownCard } from './shown-card.ts';

const host = { name: 'console', version: '1' };
/** A call that a card makes may be a question to an expert. */
const longestCall = 5 * 60_000;

/** Shows the card of a call in an element of the page, which speaks with it by the extension's own library. */
export async function showCard(
  place: HTMLElement,
  { client, tools }: Connection,
  tool: Tool,
  args: Readonly<Record<string, unknown>>,
): Promise<ShownCard> {
  const uri = getToolUiResourceUri(tool);
  if (uri === undefined) {
    throw new Error('The tool has none.');
  }
  const { contents } = await client.readResource({ uri });
  const [page] = contents;
  if (page === undefined || !('text' in page)) {
    throw new Error('Its page is empty.');
  }
  const { frame, inside, become, close } = await openFrame(place, tool.title ?? tool.name);
  const context: McpUiHostContext = {
    theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
    locale: navigator.language,
    displayMode: 'inline',
    toolInfo: { tool },
  };
  const bridge = new AppBridge(
    null,
    host,
    { serverTools: {}, serverResources: {}, message: { text: {} } },
    { hostContext: context },
  );
  bridge.onsizechange = ({ height }) => {
    frame.style.height = `${height}px`;
  };
  bridge.onreadresource = (params) => client.readResource(params);
  bridge.oncalltool = async (params) => {
    const called = tools.find(({ name }) => name === params.name);
    if (called === undefined) {
      return failedWith(new Refusal(`Your role does not allow ${params.name}.`));
    }
    if (isToolVisibilityModelOnly(called)) {
      throw new Error(`${params.name} is not for cards.`);
    }
    return await client.callTool(params, { timeout: longestCall }).catch(failedWith);
  };
  bridge.onmessage = async (message) => {
    say(place, textOf(message));
    return {};
  };
  const initialized = new Promise<void>((resolve) => {
    bridge.oninitialized = () => resolve();
  });
  await bridge.connect(new PostMessageTransport(inside, inside));
  become(page.text);
  await initialized;
  await bridge.sendToolInput({ arguments: { ...args } });
  return {
    result: (result: CallToolResult) => void bridge.sendToolResult(result),
    cancelled: (reason: string) => void bridge.sendToolCancelled({ reason }),
    close() {
      void bridge.close();
      place.replaceChildren();
      close();
    },
  };
}

/** What a card says in the conversation: there is no model here that would go on by itself, so its user reads it. */
function say(place: HTMLElement, text: string): void {
  const said = document.createElement('p');
  said.className = 'said';
  said.textContent = text;
  place.append(said);
}
