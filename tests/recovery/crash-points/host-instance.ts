// The local Functions host with its durable engine, in a process that dies where it is told to.
import { durableExtension } from '#emulators/host/durable/extension';
import { runHost } from '#emulators/host/run';
import type { Orders } from './point.ts';
import { watchPoints } from './watch-points.ts';

const [orders = '{}', dir = ''] = process.argv.slice(2);
watchPoints(JSON.parse(orders) as Orders);
await runHost({ dir, port: 0, extensions: [durableExtension({ strict: false })], sink: () => {} });
