import { durableExtension } from '../../emulators/host/durable/extension.ts';
import { startHost } from '../../emulators/host/host.ts';
import { announce } from './serve.ts';

/** The local Functions host with the app of the folder that is named and the durable engine for its jobs; no log. */
const extensions = [durableExtension({ strict: false })];
const { port } = await startHost({ dir: process.argv[2] ?? '.', port: 0, sink: () => {}, extensions });
announce(port);
