import { register } from 'node:module';
import { MessageChannel } from 'node:worker_threads';

// Starts the service as its environment says, and prints the files of sign-in, experts and downstream that this loaded, one a line.
const loaded = new Set<string>();
const { port1, port2 } = new MessageChannel();
// messages keep their order: once that of the last module is here, all are
const last = 'data:text/javascript,export default 0';
const all = new Promise<void>((resolve) => {
  port1.on('message', (url: string) => (url === last ? resolve() : loaded.add(url)));
});
register(
  `data:text/javascript,${encodeURIComponent(`
    let port;
    export const initialize = (data) => { port = data.port; };
    export const load = (url, context, next) => {
      port.postMessage(url);
      return next(url, context);
    };`)}`,
  { data: { port: port2 }, transferList: [port2] },
);

const { createApp } = await import('#shared/app');
const { readSettings } = await import('#shared/settings');
const app = await createApp({ settings: readSettings() });
await app.close();
await import(last);
await all;
const files = [...loaded].flatMap(
  (url) =>
    /\/shared\/(?:platform\/)?((?:sign-in|experts|downstream|contoso\/experts)\/[^?]+)/.exec(url)?.[1] ?? [],
);
process.stdout.write(`${files.join('\n')}\n`, () => process.exit());
