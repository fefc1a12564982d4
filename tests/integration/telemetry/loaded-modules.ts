import { createRequire, register } from 'node:module';
import { MessageChannel } from 'node:worker_threads';

/**
 * Starts the service as its environment says, calls it once, and prints the packages of telemetry that this loaded, one
 * a line. The libraries are CommonJS, but for one; of that one, the resolver tells.
 */
const resolved = new Set<string>();
const { port1, port2 } = new MessageChannel();
port1.on('message', (specifier: string) => resolved.add(specifier)).unref();
register(
  `data:text/javascript,${encodeURIComponent(`
    let port;
    export const initialize = (data) => { port = data.port; };
    export const resolve = (specifier, context, next) => {
      if (/^@(opentelemetry|azure)\\//.test(specifier)) port.postMessage(specifier);
      return next(specifier, context);
    };`)}`,
  { data: { port: port2 }, transferList: [port2] },
);

const { createApp } = await import('#shared/app');
const { readSettings } = await import('#shared/settings');
const app = await createApp({ settings: readSettings() });
await app.mcp(new Request('http://localhost:7071/mcp', { method: 'POST' }));
await app.close();

const inCache = Object.keys(createRequire(import.meta.url).cache).flatMap(
  (file) => /node_modules\/(@(?:opentelemetry|azure)\/[^/]+)\/(?!.*node_modules)/.exec(file)?.[1] ?? [],
);
const telemetry = /^@opentelemetry\/|^@azure\/monitor/;
console.log([...new Set([...inCache, ...resolved])].filter((name) => telemetry.test(name)).join('\n'));
process.exit();
