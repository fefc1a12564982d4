import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HostExtension } from '#emulators/host/extension';
import { readBody } from '#emulators/host/http/body';
import { type Bridge, type BridgeOptions, DURABLE_TRIGGERS, LARGEST, startBridge } from './server.ts';

/** Where the app's address says which process of the extension its clients reach. */
export const PROCESS_PATH = 'extension-process';

/** Takes the place of the local engine: orchestrations are run by the Durable extension, in a process of its own. */
export function bridgeExtension(options: BridgeOptions): HostExtension {
  let bridge: Bridge | undefined;
  return {
    name: 'durableTask',
    triggers: DURABLE_TRIGGERS,
    inputBindings: ['durableclient'],
    async start(context) {
      bridge = await startBridge(context, options);
      // without it no function could be given its client
      await bridge.announced;
    },
    inputs: ({ bindings }) =>
      Object.entries(bindings)
        .filter(([, { type }]) => type.toLowerCase() === 'durableclient')
        .map(([name]) => ({ name, data: { string: bridge?.client() ?? '' } })),
    async handle(request, response, url) {
      if (url.pathname.endsWith(PROCESS_PATH)) {
        response.end(bridge?.process());
      } else {
        await handOn(request, response, url, bridge?.client() ?? '{}');
      }
    },
    stop: async () => bridge?.stop(),
  };
}

/** To the address that the extension itself listens at, which does the same as its webhooks. */
async function handOn(request: IncomingMessage, response: ServerResponse, url: URL, client: string) {
  const { rpcBaseUrl } = JSON.parse(client) as { rpcBaseUrl: string };
  const target = `${url.pathname.replace(/^\/runtime\/webhooks\/durabletask\//, rpcBaseUrl)}${url.search}`;
  const body = await readBody(request, LARGEST);
  const type = request.headers['content-type'];
  const answer = await fetch(target, {
    method: request.method ?? 'GET',
    ...(type !== undefined && { headers: { 'content-type': type } }),
    ...(body.length > 0 && { body: String(body) }),
    redirect: 'manual',
  });
  const kept = ['content-type', 'location', 'retry-after', 'x-ms-continuation-token'];
  const headers = kept.flatMap((name) => {
    const value = answer.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  response.writeHead(answer.status, Object.fromEntries(headers)).end(await answer.text());
}
