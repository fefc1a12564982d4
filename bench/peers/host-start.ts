import { startHost } from '../../emulators/host/host.ts';
import { announce } from './serve.ts';

/** The local Functions host with the app of the folder that is named, and nothing else: no log, no durable engine. */
const { port } = await startHost({ dir: process.argv[2] ?? '.', port: 0, sink: () => {} });
announce(port);
